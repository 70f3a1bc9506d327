/** Above this line a count of bad answers is more than chance explains: `bad > slope * answers + intercept`. */
export interface LimitLine {
  readonly slope: number;
  readonly intercept: number;
}

/** By limit of a rollout, the lines that each decide alone. */
export interface LimitLines {
  readonly serverErrors: readonly LimitLine[];
  readonly latencyP95: readonly LimitLine[];
  readonly latencyP99?: readonly LimitLine[];
}

/** Part of a rollout's error rate that its limits may use up; comparisons have the rest. */
export const limitsPart = 0.2;

/** Versions that the lines are drawn for, by how many times their odds of a bad answer are those of the limit. */
const oddsRatios = [1.2, 2, 5];

/**
 * Lines that answers with at most `share` bad ones ever get above with probability `errorRate` at most, however often and for however long
 * they are looked at. Counts may be fractions.
 * Source: the sequential probability ratio test of Wald, "Sequential tests of statistical hypotheses", Annals of Mathematical Statistics 16
 * (1945), with Ville's inequality in the place of an end: a likelihood ratio gets to 1/a with probability a at most.
 */
export function limitLines(share: number, errorRate: number): LimitLine[] {
  if (share === 0) {
    return [{ slope: 0, intercept: 0 }];
  }
  return oddsRatios.map((ratio) => ({
    slope: roundedUp(Math.log(1 + (ratio - 1) * share) / Math.log(ratio)),
    intercept: roundedUp(Math.log(oddsRatios.length / errorRate) / Math.log(ratio)),
  }));
}

/** Share of bad answers of a version that needs no statistics: its odds are five times those of the limit. */
export function failingShare(share: number): number {
  return Number(((5 * share) / (1 + 4 * share)).toFixed(4));
}

/** The limits' part of the error rate, shared out among the stages, which each begin to count anew, and the limits. */
export function limitLinesOf(policy: {
  readonly stages: readonly unknown[];
  readonly limits: { readonly serverErrorRatio: number; readonly latencyP99Milliseconds?: number | undefined };
  readonly comparison: { readonly errorRate: number };
}): LimitLines {
  const { stages, limits, comparison } = policy;
  const hasP99 = limits.latencyP99Milliseconds !== undefined;
  const errorRate = (comparison.errorRate * limitsPart) / (stages.length * (hasP99 ? 3 : 2));
  return {
    serverErrors: limitLines(limits.serverErrorRatio, errorRate),
    latencyP95: limitLines(0.05, errorRate),
    ...(hasP99 && { latencyP99: limitLines(0.01, errorRate) }),
  };
}

const roundedUp = (value: number) => Math.ceil(value * 1e6) / 1e6;
