import { blocks, isUnknown, type Policy } from "./policy";

export const runTrafficSumsTo100: Policy = {
  id: "run/traffic-sums-to-100",
  types: ["google_cloud_run_v2_service"],
  why: "The provider plans any split; the API refuses one that does not sum to 100.",
  check: ({ traffic }) => {
    const shares = blocks(traffic).map(({ percent }) => percent ?? 0);
    if (shares.length === 0 || shares.some(isUnknown)) {
      return undefined;
    }
    const sum = shares.reduce<number>((total, share) => total + Number(share), 0);
    return sum === 100 ? undefined : `'traffic.percent' must sum to 100, got ${sum} (${shares.join(" + ")})`;
  },
};
