import type { ReviewRule } from "../rule";

export const planDefers: ReviewRule = {
  id: "plan/deferred",
  title: "A change is put off",
  severity: "medium",
  why: "What the change comes to is known only once the rest is applied, and is not in this plan.",
  check: "Review the plan that follows as well, before it is applied.",
  find: ({ deferred }) =>
    deferred.map(({ reason, change: { address } }) => ({ address, message: `Terraform puts it off: ${reason}` })),
};
