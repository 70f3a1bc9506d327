import { accessRule } from "./access-rule";

export const accessIsBroadened = accessRule({
  id: "access/broadened",
  title: "Somebody may do more than before",
  severity: "medium",
  why: "A grant stays until somebody takes it away, and works at once.",
  check: "Who asked for it, and is it the smallest role on the smallest resource?",
  concern: "other",
  // What a new stack makes for itself is in the access table: nobody had anything to lose yet.
  severityOf: ({ isOnNew, isForNew, effect }, stack) =>
    stack.isNew && (isOnNew || isForNew)
      ? undefined
      : isOnNew || isForNew
        ? "low"
        : effect === "gets"
          ? "medium"
          : "low",
});
