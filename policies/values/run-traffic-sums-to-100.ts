import { blocks, isUnknown, listOf, numberOf, show } from "../arguments";
import type { Policy } from "../policy";

export const runTrafficSumsTo100: Policy = {
  id: "run/traffic-sums-to-100",
  kind: "value",
  types: ["google_cloud_run_v2_service"],
  why: "The provider plans any split; the API refuses one that does not sum to 100.",
  check: ({ traffic }) => {
    const shares = blocks(traffic).map(({ percent }) => percent ?? 0);
    if (shares.length === 0 || [...shares, ...listOf(traffic)].some(isUnknown)) {
      return undefined;
    }
    const sum = shares.reduce<number>((total, share) => total + (numberOf(share) ?? NaN), 0);
    const isShare = (share: unknown) => Number.isInteger(numberOf(share)) && numberOf(share)! >= 0;
    return sum === 100 && shares.every(isShare)
      ? undefined
      : `'traffic.percent' must be whole percents that sum to 100, got ${shares.map(show).join(" + ")}`;
  },
};
