import { accessRule, isPrivileged } from "./access-rule";

export const conditionChanges = accessRule({
  id: "access/condition",
  title: "The condition of a grant changes",
  severity: "high",
  why: "A condition is what bounds a grant to some resources, roles or a time; without it the role holds everywhere and for ever.",
  check: "What does the grant reach now that it did not before?",
  concern: "condition",
  severityOf: (step) => (step.condition === null || isPrivileged(step) ? "high" : "medium"),
});
