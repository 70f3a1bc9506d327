import type { Policy } from "./declared";
import { byVersion, type JournalRow, parsed, timeOf } from "./journal";
import type { BusinessView, DifferenceView, LatencyView, LookView, MeasuredView } from "./view";

/** What a look had before it, as the workflow `look` writes it. */
interface Evidence {
  readonly start?: string;
  readonly end?: string;
  readonly challenger?: MeasuredView;
  readonly champion?: MeasuredView;
  readonly business?: {
    readonly verdict: string;
    readonly reason: string;
    readonly units?: { readonly new: string; readonly old: string };
    readonly means?: { readonly new: string; readonly old: string };
  };
}

/** What was known of a rollout when a row was written. */
interface Course {
  policy: Policy;
  against: string;
  share: number;
}

const judging = ["look", "bake", "give-up"];

/** Judgements of a model's rollouts with their numbers, oldest first. Each is held against the policy of its own rollout. */
export function looksOf(
  rows: readonly JournalRow[],
  versions: ReadonlyMap<string, string>,
  policy: Policy,
): LookView[] {
  const courses = new Map<string, Course>();
  return rows.flatMap((row) => {
    const course = courses.get(row.rollout) ?? { policy, against: "", share: 0 };
    courses.set(row.rollout, course);
    if (row.action === "start") {
      course.policy = parsed<{ policy?: Policy }>(row.evidence)?.policy ?? policy;
      course.against = Object.keys(byVersion(parsed(row.split_before) ?? {}, versions))[0] ?? "";
    }
    if (row.action === "shift") {
      course.share = byVersion(parsed(row.split_after) ?? {}, versions)[row.version] ?? 0;
    }
    return judging.includes(row.action) && row.verdict !== null ? [lookOf(row, course)] : [];
  });
}

function lookOf(row: JournalRow, { policy, against, share }: Course): LookView {
  const evidence = parsed<Evidence>(row.evidence) ?? {};
  const { challenger = null, champion = null, start, end } = evidence;
  return {
    id: row.decision_id,
    at: timeOf(row),
    rollout: row.rollout,
    version: row.version,
    against,
    share,
    verdict: row.verdict!,
    reason: (row.reason ?? "").replace(/^in phase [a-z-]+: /, ""),
    window: start !== undefined && end !== undefined ? { from: Date.parse(start), to: Date.parse(end) } : null,
    challenger,
    champion,
    difference: challenger && champion ? differenceOf(challenger, champion, policy) : null,
    latency: latencyOf(challenger?.latencyP95 ?? null, champion?.latencyP95 ?? null, policy),
    business: evidence.business ? businessOf(evidence.business) : null,
    limits: policy.limits,
  };
}

/** As the workflow `judge_comparison` has it: one error and one success are added to each version. */
function differenceOf(challenger: MeasuredView, champion: MeasuredView, policy: Policy): DifferenceView | null {
  if (challenger.samples === 0 || champion.samples === 0) {
    return null;
  }
  const [n1, n2] = [challenger.samples + 2, champion.samples + 2];
  const [p1, p2] = [(challenger.serverErrors + 1) / n1, (champion.serverErrors + 1) / n2];
  const variance = (p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2;
  return {
    harm: p1 - p2,
    margin: policy.criticalValue * Math.sqrt(variance),
    tolerance: policy.comparison.serverErrorTolerance,
    criticalValue: policy.criticalValue,
  };
}

function latencyOf(challenger: number | null, champion: number | null, policy: Policy): LatencyView | null {
  return challenger === null || champion === null || champion === 0
    ? null
    : { ratio: challenger / champion, tolerated: policy.comparison.latencyRatio };
}

function businessOf({ verdict, reason, units, means }: NonNullable<Evidence["business"]>): BusinessView {
  const numbers = (pair: { new: string; old: string } | undefined) =>
    pair ? { new: Number(pair.new), old: Number(pair.old) } : null;
  return { verdict, reason, units: numbers(units), means: numbers(means) };
}
