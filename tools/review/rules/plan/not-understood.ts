import type { ReviewRule } from "../rule";
import { together } from "../wording";

export const notUnderstood: ReviewRule = {
  id: "plan/not-understood",
  title: "Something in the plan is not understood",
  severity: "medium",
  why: "A newer Terraform plans what this tool does not know: no rule looked at it.",
  check: "Read it yourself with 'terraform show', or review with a newer version of this tool.",
  find: ({ name, changes, plan }) => [
    ...changes
      .filter(({ kind }) => kind === "other")
      .map(({ address, planned }) => ({
        address,
        deposed: planned.deposed,
        message: `Terraform plans ${
          together(
            planned.actions.map((action) => `'${action}'`),
            " and ",
          ) || "no action"
        }`,
      })),
    ...(plan.unknownFields.length > 0
      ? [{ address: name, message: `the plan has fields that are not known: ${together(plan.unknownFields, ", ")}` }]
      : []),
  ],
};
