import { dataTypes } from "../../../../catalog/data-types";
import { isForgotten } from "../../plan/kind";
import { changeRule } from "../rule";
import { forgottenText } from "../wording";

export const objectIsForgotten = changeRule({
  id: "plan/forgotten",
  title: "Terraform forgets an object",
  severity: "medium",
  why: "The object stays, works and costs as before, and no configuration says any longer what it should be.",
  check: "Who owns it from now on?",
  findIn: ({ kind, type, isManaged }) =>
    isForgotten(kind) && isManaged && !Object.hasOwn(dataTypes, type)
      ? { message: `it ${forgottenText(kind)}` }
      : undefined,
});
