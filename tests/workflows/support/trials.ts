import { Random } from "../../../tools/sandbox/apis/random";
import { judge, type Measured, type Verdict } from "./judge";

/** One stage of a rollout, looked at as its data grows. */
export interface Trial {
  /** Share of the challenger, in percent. */
  readonly share: number;
  /** Looks within the hold: a verdict before its end can only be against the version. */
  readonly looks: number;
  /** Looks after it. */
  readonly lateLooks: number;
  /** Requests to both versions between two looks. */
  readonly requests: number;
  readonly championErrors: number;
  readonly challengerErrors: number;
  readonly tolerance: number;
  readonly critical: number;
}

/** Outcome of a stage: what moves it on, or nothing until the deadline. */
export function outcomeOf(trial: Trial, random: Random): Verdict {
  const { share, looks, lateLooks, requests, tolerance, critical } = trial;
  let challenger: Measured = { samples: 0, serverErrors: 0 };
  let champion: Measured = { samples: 0, serverErrors: 0 };
  for (let look = 1; look <= looks + lateLooks; look++) {
    const young = random.binomial(requests, share / 100);
    challenger = grown(challenger, young, trial.challengerErrors, random);
    champion = grown(champion, requests - young, trial.championErrors, random);
    const verdict = judge(challenger, champion, tolerance, critical);
    if (verdict === "fail" || (verdict === "pass" && look >= looks)) {
      return verdict;
    }
  }
  return "inconclusive";
}

/** Shares of the outcomes of many trials. */
export function sharesOf(trial: Trial, trials: number, seed: number): Readonly<Record<Verdict, number>> {
  const random = new Random(seed);
  const counts = { pass: 0, fail: 0, inconclusive: 0 };
  for (let each = 0; each < trials; each++) {
    counts[outcomeOf(trial, random)] += 1;
  }
  return {
    pass: counts.pass / trials,
    fail: counts.fail / trials,
    inconclusive: counts.inconclusive / trials,
  };
}

/** How often somebody who looks at 1.96 standard errors, both ways and at every look, sees a difference that is not there. */
export function naiveAlarms({ share, looks, requests, championErrors }: Trial, trials: number, seed: number): number {
  const random = new Random(seed);
  let alarms = 0;
  for (let each = 0; each < trials; each++) {
    let [a, b]: Measured[] = [
      { samples: 0, serverErrors: 0 },
      { samples: 0, serverErrors: 0 },
    ];
    for (let look = 0; look < looks; look++) {
      const young = random.binomial(requests, share / 100);
      a = grown(a!, young, championErrors, random);
      b = grown(b!, requests - young, championErrors, random);
      const [p1, p2] = [a.serverErrors / a.samples, b.serverErrors / b.samples];
      const error = Math.sqrt((p1 * (1 - p1)) / a.samples + (p2 * (1 - p2)) / b.samples);
      if (Math.abs(p1 - p2) > 1.96 * error) {
        alarms += 1;
        break;
      }
    }
  }
  return alarms / trials;
}

function grown({ samples, serverErrors }: Measured, more: number, rate: number, random: Random): Measured {
  return { samples: samples + more, serverErrors: serverErrors + random.binomial(more, rate) };
}
