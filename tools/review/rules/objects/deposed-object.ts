import { dataTypes } from "../../../../catalog/data-types";
import { changeRule } from "../rule";

export const deposedObject = changeRule({
  id: "object/deposed",
  title: "An object is left over from an earlier apply",
  severity: "medium",
  why: "An apply stopped between making the new object and destroying the old one. Which of the two is in use since then, the plan does not say.",
  check: "Does anything still use the old object, or hold something that the new one lacks?",
  findIn: ({ type, planned, isDestroyed }) =>
    planned.deposed !== undefined
      ? {
          severity: Object.hasOwn(dataTypes, type) ? "high" : "medium",
          message: isDestroyed
            ? "the object that an earlier apply replaced is destroyed now"
            : "there is an object that an earlier apply replaced and did not destroy",
        }
      : undefined,
});
