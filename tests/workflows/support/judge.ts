import type { LimitLines } from "../../../constructs/limit-lines";
import { boundsOf, type Histogram, percentile } from "../../../tools/sandbox/apis/monitoring/histogram";

/* The judgement of `workflows/shared/`, for simulations: running the workflow a million times takes hours. A test holds the two equal. */

/** What a version did in a window. */
export interface Measured {
  readonly samples: number;
  readonly serverErrors: number;
}

export type Verdict = "pass" | "fail" | "inconclusive";

/** Judges server errors as `judge_comparison.yaml` does. */
export function judge(challenger: Measured, champion: Measured, tolerance: number, critical: number): Verdict {
  const [n1, n2] = [challenger.samples + 2, champion.samples + 2];
  const [p1, p2] = [(challenger.serverErrors + 1) / n1, (champion.serverErrors + 1) / n2];
  const bound = critical * critical * ((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2);
  const harm = p1 - p2;
  const margin = tolerance - harm;
  if (harm > 0 && harm * harm > bound) {
    return "fail";
  }
  return margin > 0 && margin * margin >= bound ? "pass" : "inconclusive";
}

export interface Limits {
  readonly serverErrorRatio: number;
  readonly latencyP95Milliseconds: number;
  readonly latencyP99Milliseconds?: number | undefined;
  readonly minimumSamples: number;
}

/** Judges by the limits as `judge_limits.yaml` does. */
export function judgeLimits(
  { samples, serverErrors, latencies }: Measured & { readonly latencies: Histogram },
  limits: Limits,
  lines: LimitLines,
): Verdict | "no-data" {
  if (samples < limits.minimumSamples) {
    return samples === 0 ? "no-data" : "inconclusive";
  }
  const shares = [
    [serverErrors > limits.serverErrorRatio * samples, () => serverErrors, lines.serverErrors],
    ...(
      [
        [95, limits.latencyP95Milliseconds, lines.latencyP95],
        [99, limits.latencyP99Milliseconds ?? Infinity, lines.latencyP99 ?? []],
      ] as const
    ).map(
      ([percent, limit, each]) =>
        [percentile(latencies, percent) > limit, () => slowerThan(latencies, limit), each] as const,
    ),
  ] as const;
  const suspect = shares.filter(([looksBroken]) => looksBroken);
  const isBroken = suspect.some(([, bad, each]) =>
    each.some(({ slope, intercept }) => bad() > slope * samples + intercept),
  );
  return isBroken ? "fail" : suspect.length > 0 ? "inconclusive" : "pass";
}

/** How many samples lie above a value, the bucket that it lies in taken as evenly filled, as `slower_than.yaml` counts. */
export function slowerThan({ counts }: Histogram, value: number): number {
  return Object.entries(counts).reduce((sum, [bucket, count]) => {
    const [lower, upper] = boundsOf(Number(bucket));
    return sum + count * Math.min(1, Math.max(0, (upper - value) / (upper - lower)));
  }, 0);
}
