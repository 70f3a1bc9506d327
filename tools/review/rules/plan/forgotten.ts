import { dataTypes } from "../../../../catalog/data-types";
import { changeRule } from "../rule";

export const isForgotten = changeRule({
  id: "plan/forgotten",
  title: "Terraform forgets an object",
  severity: "medium",
  why: "The object stays, works and costs as before, and no configuration says any longer what it should be.",
  check: "Who owns it from now on?",
  findIn: ({ kind, type, isManaged }) =>
    kind === "forget" && isManaged && !Object.hasOwn(dataTypes, type)
      ? { message: "it stays where it is, and Terraform forgets it" }
      : undefined,
});
