import { isNothing, show } from "../../../../policies/arguments";
import { hasMark } from "../../differences/marks";
import type { ReviewRule } from "../rule";

export const outputChanges: ReviewRule = {
  id: "plan/output",
  title: "An output changes",
  severity: "low",
  why: "Other stacks and scripts may read it.",
  check: "Who reads it, and do they cope with the new value?",
  find: ({ plan }) =>
    plan.outputs
      .filter(({ actions, before }) => !isNothing(before) && !actions.includes("no-op"))
      .map(({ name, actions, before, after, isSensitive, unknown }) => {
        const isGone = actions.includes("delete") && !actions.includes("create");
        const values =
          isSensitive || hasMark(unknown) || typeof before === "object" || typeof after === "object"
            ? "it changes"
            : `it changes from ${show(before)} to ${show(after)}`;
        return {
          address: `output.${name}`,
          severity: isGone ? ("low" as const) : ("info" as const),
          message: isGone ? "it is removed" : values,
        };
      }),
};
