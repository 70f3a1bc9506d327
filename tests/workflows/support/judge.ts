/** What a version did in a window. */
export interface Measured {
  readonly samples: number;
  readonly serverErrors: number;
}

export type Verdict = "pass" | "fail" | "inconclusive";

/**
 * Judges server errors as `workflows/shared/judge_comparison.yaml` does, for simulations: running the workflow a million times takes
 * hours. A test holds the two equal.
 */
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
