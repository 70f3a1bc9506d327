import { BillingBudget } from "@cdktf/provider-google/lib/billing-budget";
import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";

import { Budget } from "../../constructs/budget";
import { notificationChannel } from "../support/fixtures";
import { reference, templateOf } from "../support/template";

const budget = (thresholds: readonly number[], monthlyAmount = 5000) =>
  templateOf(
    (stack) =>
      new Budget(stack, "Budget", {
        displayName: "ML platform dev",
        billingAccount: "012345-6789AB-CDEF01",
        currencyCode: "EUR",
        monthlyAmount,
        thresholds,
        notify: notificationChannel(stack),
      }),
  );

test("a budget is what the project spends in a month, without credits, and mails one address", () => {
  const template = budget([0.5, 0.9]);
  expect(template.counts).toEqual({ google_billing_budget: 1, google_monitoring_notification_channel: 1 });
  expect(template.only(BillingBudget)).toEqual({
    billing_account: "012345-6789AB-CDEF01",
    display_name: "ML platform dev",
    budget_filter: {
      // The API answers with the project's number: an id would show a difference forever.
      projects: ["projects/123456789012"],
      calendar_period: "MONTH",
      credit_types_treatment: "EXCLUDE_ALL_CREDITS",
    },
    amount: { specified_amount: { currency_code: "EUR", units: "5000" } },
    threshold_rules: [
      { threshold_percent: 0.5, spend_basis: "CURRENT_SPEND" },
      { threshold_percent: 0.9, spend_basis: "CURRENT_SPEND" },
      { threshold_percent: 1, spend_basis: "FORECASTED_SPEND" },
    ],
    all_updates_rule: {
      monitoring_notification_channels: [reference(MonitoringNotificationChannel, "name")],
      disable_default_iam_recipients: true,
    },
  });
});

test("the forecast warns even without thresholds", () => {
  expect(budget([]).only(BillingBudget)).toMatchObject({
    threshold_rules: [{ threshold_percent: 1, spend_basis: "FORECASTED_SPEND" }],
  });
});

test("an amount below 1 is refused", () => {
  expect(() => budget([], 0)).toThrow("Budget: 'monthlyAmount' must be from 1 to 100000000, got 0");
});

test("a threshold in percent is refused", () => {
  expect(() => budget([0.5, 90])).toThrow("Budget: 'thresholds' must be from 0.01 to 10, got 90");
});
