import { blocks, isUnknown, show, textOf } from "../arguments";
import type { Policy } from "../policy";

export const alertDurationIsInMinutes: Policy = {
  id: "monitoring/duration-is-in-minutes",
  kind: "value",
  types: ["google_monitoring_alert_policy"],
  why: "The provider plans any duration; the API takes seconds that are a multiple of 60.",
  check: ({ conditions }) => {
    for (const condition of blocks(conditions)) {
      for (const kind of ["condition_threshold", "condition_absent"]) {
        for (const { duration } of blocks(condition[kind])) {
          if (duration !== undefined && !isUnknown(duration) && !isMinutes(duration)) {
            return `'conditions.${kind}.duration' must be seconds in multiples of 60, such as "300s", got ${show(duration)}`;
          }
        }
      }
    }
    return undefined;
  },
};

function isMinutes(duration: unknown): boolean {
  const seconds = /^(\d+)s$/.exec(textOf(duration))?.[1];
  return seconds !== undefined && Number(seconds) % 60 === 0;
}
