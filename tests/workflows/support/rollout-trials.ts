import type { LimitLines } from "../../../constructs/limit-lines";
import { drawLatencies } from "../../../tools/sandbox/apis/latency";
import { type Histogram, merge, percentile } from "../../../tools/sandbox/apis/monitoring/histogram";
import { Random } from "../../../tools/sandbox/apis/random";
import { judge, judgeLimits, type Limits, type Measured, type Verdict } from "./judge";

/** What a version is like. */
export interface Version {
  readonly errors: number;
  /** Mean and spread of log-normal latencies, in milliseconds. */
  readonly mean: number;
  readonly spread: number;
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

/** Shares of the ends of many rollouts. */
export function endsOf(trial: RolloutTrial, trials: number, seed: number): Readonly<Record<End, number>> {
  const random = new Random(seed);
  const ends = { done: 0, limit: 0, comparison: 0, slow: 0, undecided: 0 };
  for (let each = 0; each < trials; each++) {
    ends[rollOut(trial, random).end] += 1 / trials;
  }
  return ends;
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
  const { errors, mean, spread } = version;
  return {
    samples: samples + more,
    serverErrors: serverErrors + random.binomial(more, errors),
    latencies: merge([latencies, drawLatencies(random, more, mean, spread)]),
  };
}
