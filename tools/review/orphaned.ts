import type { ReviewRule } from "./rules/rule";

/** A stack whose objects stay where they are because nobody plans it. */
export const orphaned: Omit<ReviewRule, "find"> = {
  id: "stack/orphaned",
  title: "A deployed stack is declared no more",
  severity: "medium",
  why: "Terraform plans what is declared. What the stack made stays, costs money, and keeps its access.",
  check: "Was it to be destroyed? Declare it again, destroy it, then take it out of the config.",
};
