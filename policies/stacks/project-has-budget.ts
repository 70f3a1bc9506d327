import type { StackPolicy } from "../policy";
import { missingFromProject } from "../setup";

const type = "google_billing_budget";

export const projectHasBudget: StackPolicy = {
  id: "billing/project-has-budget",
  types: [type],
  why: "Accelerators cost more in a night than a team expects in a month, and nothing stops them.",
  checkStacks: (stacks) =>
    missingFromProject(stacks, type, () => true, "must send mail before the project costs more than planned: add it"),
};
