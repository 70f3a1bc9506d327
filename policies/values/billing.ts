import { apart, must, valuePolicy } from "../checks";
import { above, each, matches } from "../expected";

export const billing = valuePolicy({
  id: "billing/budget-arguments",
  why: "The provider plans any amount and share; the API takes whole units, shares of 1, and projects by number, since it answers with numbers (billing budgets v1, Budget).",
  checks: {
    google_billing_budget: [
      must({
        "amount.specified_amount.units": matches(/^\d{1,15}$/, 'whole units of the currency as text, such as "1500"'),
        "amount.specified_amount.currency_code": matches(/^[A-Z]{3}$/, "three letters, such as EUR"),
        "threshold_rules.threshold_percent": { ...above(0, 10), text: "a share of 1, such as 0.8 for 80 percent" },
        "budget_filter.projects": each(matches(/^projects\/\d+$/, "projects by number, such as projects/123456789012")),
      }),
      apart("budget_filter.calendar_period", "budget_filter.custom_period"),
    ],
  },
});
