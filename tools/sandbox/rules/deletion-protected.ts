import { nounOf } from "./apis";
import type { Rule } from "./rule";

/** The provider refuses to delete what it was told to protect. */
export const deletionProtected: Rule = ({ action, type, id, args }) =>
  action === "delete" && args["deletion_protection"] === true
    ? {
        error: `cannot destroy ${nounOf(type)} "${id}" without setting deletion_protection=false and running \`terraform apply\``,
        remedy: "Set deletion_protection to false, apply, and then delete it: what it holds is lost.",
      }
    : undefined;
