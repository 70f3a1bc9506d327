import { dataTypes } from "../../../../catalog/data-types";
import { ownOf } from "../own";
import { changeRule } from "../rule";

export const dataIsDestroyed = changeRule({
  id: "data/destroyed",
  title: "Data is destroyed",
  severity: "critical",
  why: "What is deleted with a data store cannot be brought back by applying again.",
  check:
    "Is there a copy, and does nobody read it any longer? Where it only gets another name, is a 'moved' entry missing?",
  findIn: (change) => {
    const what = ownOf(dataTypes, change.type);
    return what !== undefined && change.isManaged && change.isDestroyed
      ? {
          message: change.isReplaced ? `${what} is destroyed, and made again empty` : `${what} is destroyed`,
          differences: change.replacing,
        }
      : undefined;
  },
});
