import { dataTypes } from "../../../../catalog/data-types";
import { isForgotten } from "../../plan/kind";
import { ownOf } from "../own";
import { changeRule } from "../rule";
import { forgottenText } from "../wording";

export const dataIsForgotten = changeRule({
  id: "data/forgotten",
  title: "Data is left behind",
  severity: "high",
  why: "What Terraform forgets stays in the cloud, is paid for, and nothing looks after its access, key and retention any longer.",
  check:
    "Who owns it from now on? Where another stack takes it over, is there an import of it in the same pull request?",
  findIn: ({ type, isManaged, kind }) => {
    const what = ownOf(dataTypes, type);
    return what !== undefined && isManaged && isForgotten(kind)
      ? { message: `${what} ${forgottenText(kind)}` }
      : undefined;
  },
});
