import { workingTypes } from "../../../../catalog/serving-types";
import { ownOf } from "../own";
import { changeRule } from "../rule";

export const workStops = changeRule({
  id: "serving/work-stops",
  title: "What works by itself is destroyed",
  severity: "medium",
  why: "A job, schedule or trigger that is gone fails nowhere: something just does not happen. A streaming job that is replaced may lose or repeat what it was working on.",
  check: "What was it for, and who notices when it does not happen? Does a streaming job drain before it is replaced?",
  findIn: ({ type, replacing, isManaged, isDestroyed, isReplaced }) => {
    const what = ownOf(workingTypes, type);
    return what !== undefined && isManaged && isDestroyed
      ? {
          message: isReplaced ? `${what} is destroyed, and made again` : `${what} is destroyed`,
          differences: replacing,
        }
      : undefined;
  },
});
