import type { ReviewRule } from "../rule";
import { changeText, together } from "../wording";

export const hasDrifted: ReviewRule = {
  id: "plan/drift",
  title: "Somebody changed it outside of Terraform",
  severity: "medium",
  why: "The plan begins with what is there, not with what was applied last: what was changed by hand is undone by it, or was read by something else that it changes.",
  check: "Who changed it, and why? Where it was an emergency, does the configuration say the same by now?",
  find: (stack) =>
    stack.drift
      .filter(({ kind }) => kind !== "none" && kind !== "move")
      .map((change) => ({
        address: change.address,
        deposed: change.planned.deposed,
        severity: stack.isFedBy(change) ? ("medium" as const) : ("low" as const),
        message: change.isDestroyed
          ? "it is gone: somebody deleted it"
          : together(change.arguments.map(changeText)) || "it differs from what was applied",
        differences: change.isDestroyed ? [] : change.differences,
      })),
};
