import { isUnknown } from "../arguments";
import type { Policy } from "../policy";

export const endpointSplitSumsTo100: Policy = {
  id: "vertex-ai/split-sums-to-100",
  kind: "value",
  types: ["google_vertex_ai_endpoint"],
  why: "The provider plans any split; the API refuses one that does not sum to 100 (Endpoint.traffic_split, endpoint.proto).",
  check: ({ traffic_split: split }) => {
    if (typeof split !== "string" || split === "" || isUnknown(split)) {
      return undefined;
    }
    const shares = Object.values(parseSplit(split) ?? { unreadable: NaN });
    const sums = shares.reduce((sum, share) => sum + share, 0) === 100 && shares.every((share) => share >= 0);
    return sums || shares.length === 0 ? undefined : `'traffic_split' must be shares that sum to 100, got ${split}`;
  },
};

function parseSplit(split: string): Record<string, number> | undefined {
  try {
    return JSON.parse(split) as Record<string, number>;
  } catch {
    return undefined;
  }
}
