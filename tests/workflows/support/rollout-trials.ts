import { rolloutSchema } from "../../../config/schema/rollout";
import { type LimitLines, limitLinesOf } from "../../../constructs/limit-lines";
import { criticalValue } from "../../../constructs/rollout-policy";
import {
  boundsOf,
  bucketOf,
  type Histogram,
  merge,
  percentile,
} from "../../../tools/sandbox/apis/monitoring/histogram";
import { Random } from "../../../tools/sandbox/apis/random";
import { judge, judgeLimits, type Limits, type Measured, type Verdict } from "./judge";

/** What a version is like. */
export interface Version {
  readonly errors: number;
  /** 95th percentile of the latency, in milliseconds. */
  readonly p95: number;
  /** How fast the slowest fifth of the latencies, Pareto's, thins out: 2 is about a log-normal spread of 1 there, and 4 one of a half. */
  readonly tail: number;
}

/** One rollout, looked at as `phase_watch` of `workflows/rollout.yaml` does. */
export interface RolloutTrial {
  readonly stages: readonly { readonly share: number; readonly holdMinutes: number; readonly minimumSamples: number }[];
  readonly watchMinutes: number;
  readonly looks: number;
  readonly limits: Limits;
  readonly limitLines: LimitLines;
  readonly comparison: { readonly serverErrorTolerance: number; readonly latencyRatio: number };
  readonly criticalValue: number;
  readonly deadlineMinutes: number;
  readonly bakeMinutes: number;
  /** To both versions. */
  readonly requestsPerMinute: number;
  readonly champion: Version;
  readonly challenger: Version;
}

type Policy = Omit<RolloutTrial, "requestsPerMinute" | "champion" | "challenger">;

const declared = rolloutSchema(() => {
  throw new Error("no query is read");
}).parse({});

/** What a team that declares nothing gets. */
export const usual: Policy = {
  ...declared,
  criticalValue: criticalValue(declared),
  limitLines: limitLinesOf(declared),
};

/** The same with limits that act wherever the sample lies above them, as if a share said what a version is like. */
export const hasty: Policy = {
  ...usual,
  limitLines: {
    serverErrors: [{ slope: usual.limits.serverErrorRatio, intercept: 0 }],
    latencyP95: [{ slope: 0.05, intercept: 0 }],
  },
};

/** What ended a rollout: all traffic, a limit, a comparison, slow twice in a row, or a deadline without a verdict. */
export type End = "done" | "limit" | "comparison" | "slow" | "undecided";

/** With the minutes since the last shift, and the answers of the new version since then. */
export interface Outcome {
  readonly end: End;
  readonly minutes: number;
  readonly answers: number;
}

interface Arm extends Measured {
  readonly latencies: Histogram;
}

const nothing: Arm = { samples: 0, serverErrors: 0, latencies: { sum: 0, counts: {} } };

export function rollOut(trial: RolloutTrial, random: Random): Outcome {
  for (const [index, stage] of trial.stages.entries()) {
    const outcome = watch(trial, stage, index === trial.stages.length - 1, random);
    if (outcome.end !== "done" || index === trial.stages.length - 1) {
      return outcome;
    }
  }
  throw new Error("a rollout has at least one stage");
}

/** What lets a rollout go back. */
export const rolledBack = ({ limit, comparison, slow }: Readonly<Record<End, number>>): number =>
  limit + comparison + slow;

/** Shares of the ends of many rollouts. */
export function endsOf(trial: RolloutTrial, trials: number, seed: number): Readonly<Record<End, number>> {
  const random = new Random(seed);
  const ends = { done: 0, limit: 0, comparison: 0, slow: 0, undecided: 0 };
  for (let each = 0; each < trials; each++) {
    ends[rollOut(trial, random).end] += 1 / trials;
  }
  return ends;
}

/** How soon rollouts go back: the share that does, and the median of the minutes and answers from the last shift on. */
export function powerOf(trial: RolloutTrial, trials: number, seed: number) {
  const random = new Random(seed);
  const found = Array.from({ length: trials }, () => rollOut(trial, random)).filter(
    ({ end }) => end !== "done" && end !== "undecided",
  );
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return {
    share: found.length / trials,
    minutes: median(found.map(({ minutes }) => minutes)),
    answers: median(found.map(({ answers }) => answers)),
  };
}

function watch(trial: RolloutTrial, stage: RolloutTrial["stages"][number], isLast: boolean, random: Random): Outcome {
  const { looks, watchMinutes, deadlineMinutes } = trial;
  const every = stage.holdMinutes / looks;
  const late = Math.max(every, deadlineMinutes / 10);
  let [challenger, champion] = [nothing, nothing];
  let [now, seenUntil, looked, isSlow] = [0, 2, 0, false];
  let bakedAt: number | undefined;
  for (;;) {
    const planned = looked < looks ? every * (looked + 1) : stage.holdMinutes + late * (looked + 1 - looks);
    const dueAt = bakedAt === undefined ? planned : bakedAt + trial.bakeMinutes;
    now += Math.max(1 / 60, Math.min(watchMinutes, dueAt - now));
    const outcome = (end: End): Outcome => ({ end, minutes: now, answers: challenger.samples });
    let verdict: Verdict | "no-data" = "no-data";
    if (now - 6 >= 3) {
      const requests = random.poisson((now - 6 - seenUntil) * trial.requestsPerMinute);
      const young = random.binomial(requests, stage.share / 100);
      challenger = grown(challenger, young, trial.challenger, random);
      champion = grown(champion, requests - young, trial.champion, random);
      seenUntil = now - 6;
      verdict = judgeLimits(challenger, trial.limits, trial.limitLines);
    }
    if (verdict === "fail") {
      return outcome("limit");
    }
    if (now < dueAt) {
      continue;
    }
    if (bakedAt !== undefined) {
      return outcome("done");
    }
    looked++;
    if (challenger.samples < stage.minimumSamples) {
      verdict = challenger.samples === 0 ? "no-data" : "inconclusive";
      isSlow = false;
    } else if (stage.share < 100) {
      const limited = verdict;
      const wasSlow = isSlow;
      ({ verdict, isSlow } = compare(trial, stage.share, challenger, champion));
      if (verdict === "fail" || (isSlow && wasSlow)) {
        return outcome(verdict === "fail" ? "comparison" : "slow");
      }
      verdict = verdict === "pass" ? limited : verdict;
    }
    if (now >= stage.holdMinutes && verdict === "pass") {
      if (!isLast) {
        return outcome("done");
      }
      bakedAt = now;
    } else if (now >= stage.holdMinutes + deadlineMinutes) {
      return outcome("undecided");
    }
  }
}

/** Compares as `judge_comparison.yaml` does; what is slow for the second time is for the caller to say. */
function compare(
  { comparison, criticalValue }: RolloutTrial,
  percent: number,
  challenger: Arm,
  champion: Arm,
): { verdict: Verdict; isSlow: boolean } {
  const share = percent / 100;
  const expected = (challenger.samples + champion.samples) * share;
  if ((challenger.samples - expected) ** 2 / (expected * (1 - share)) > 10.828) {
    return { verdict: "inconclusive", isSlow: false };
  }
  const verdict = judge(challenger, champion, comparison.serverErrorTolerance, criticalValue);
  const isSlow = percentile(challenger.latencies, 95) > percentile(champion.latencies, 95) * comparison.latencyRatio;
  return isSlow && verdict !== "fail" ? { verdict: "inconclusive", isSlow } : { verdict, isSlow: false };
}

function grown({ samples, serverErrors, latencies }: Arm, more: number, version: Version, random: Random): Arm {
  return {
    samples: samples + more,
    serverErrors: serverErrors + random.binomial(more, version.errors),
    latencies: merge([latencies, drawn(more, version, random)]),
  };
}

/** Latencies of so many answers. The four fifths that are not slow are one bucket: no percentile that is looked at lies there. */
function drawn(count: number, version: Version, random: Random): Histogram {
  const { first, shares } = tailOf(version);
  const counts = random.multinomial(count, shares);
  return { sum: 0, counts: Object.fromEntries(counts.map((each, index) => [first + index, each])) };
}

const tails = new WeakMap<Version, { readonly first: number; readonly shares: readonly number[] }>();

function tailOf(version: Version): { readonly first: number; readonly shares: readonly number[] } {
  const { p95, tail } = version;
  const slow = p95 / 4 ** (1 / tail);
  const above = (value: number) => 0.2 * Math.min(1, (slow / value) ** tail);
  const first = bucketOf(slow) - 1;
  const buckets = Array.from({ length: 14 }, (_, index) => boundsOf(first + 1 + index));
  const known = tails.get(version) ?? {
    first,
    shares: [0.8, ...buckets.map(([lower, upper], index) => above(lower) - (index === 13 ? 0 : above(upper)))],
  };
  tails.set(version, known);
  return known;
}
