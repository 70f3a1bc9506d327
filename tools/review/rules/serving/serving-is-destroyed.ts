import { servingTypes } from "../../../../catalog/serving-types";
import { ownOf } from "../own";
import { changeRule } from "../rule";

export const servingIsDestroyed = changeRule({
  id: "serving/destroyed",
  title: "What serves requests is destroyed",
  severity: "high",
  why: "Who calls it gets errors until another one is there and everybody knows its address. An endpoint with deployed models cannot even be destroyed: the apply stops half way.",
  check: "Does anybody still call it? Where it is replaced: how long is the gap, and who must be told the new address?",
  findIn: ({ type, kind, replacing, isManaged, isDestroyed, isReplaced }) => {
    const what = ownOf(servingTypes, type);
    if (what === undefined || !isManaged || !isDestroyed) {
      return undefined;
    }
    const isSeamless = kind === "replace, create first";
    return {
      severity: isSeamless ? "medium" : "high",
      message: isReplaced
        ? `${what} is destroyed, and made again ${isSeamless ? "before that" : "after that: there is a gap"}`
        : `${what} is destroyed`,
      differences: replacing,
    };
  },
});
