import type { ReviewRule } from "../rule";

export const planIsIncomplete: ReviewRule = {
  id: "plan/incomplete",
  title: "The plan is not the whole plan",
  severity: "high",
  why: "Terraform says that applying it does not end where the configuration wants to be: it was planned with '-target', stopped at an error, or put something off. What is not in it was not reviewed.",
  check: "Plan again without '-target'. Where changes were put off, what do they become once the rest is applied?",
  find: ({ name, plan }) =>
    plan.isErrored
      ? [{ address: name, message: "Terraform stopped at an error while it planned" }]
      : plan.isComplete
        ? []
        : [{ address: name, message: "Terraform says that more must be planned after this is applied" }],
};
