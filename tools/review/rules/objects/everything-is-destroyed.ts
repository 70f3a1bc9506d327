import type { ReviewRule } from "../rule";

export const everythingIsDestroyed: ReviewRule = {
  id: "object/everything-destroyed",
  title: "A whole stack is destroyed",
  severity: "critical",
  why: "A plan that destroys all of a stack is mostly one of a configuration that was not read: another folder, another environment, an empty team.",
  check: "Is the stack meant to go? Was it planned for the environment that was meant, with its own files?",
  find: ({ name, changes }) => {
    const managed = changes.filter(({ isManaged, planned }) => isManaged && planned.deposed === undefined);
    const gone = managed.filter(
      ({ isDestroyed, isReplaced, kind }) => (isDestroyed && !isReplaced) || kind === "forget",
    );
    return gone.length > 1 && gone.length === managed.length
      ? [
          {
            address: name,
            message: `all ${gone.length} objects of the stack are destroyed or forgotten, and none remains`,
          },
        ]
      : [];
  },
};
