import { isAtLeast, type Severity } from "../severity";
import { isForgotten } from "../plan/kind";
import type { ReviewedChange } from "../review";
import { changeKey, isLoss } from "./words";

/** Changes that a reader takes in at one look. */
export interface ChangeGroup {
  readonly kind: ReviewedChange["kind"];
  readonly type: string;
  /** Arguments that change; none where the objects come or go as a whole. */
  readonly names: readonly string[];
  readonly changes: readonly ReviewedChange[];
}

/** Whether a change is to be read by itself: something is lost, forgotten, or found about it. */
export function isWorthALine(change: ReviewedChange, stack: string, worst: ReadonlyMap<string, Severity>): boolean {
  const severity = worst.get(changeKey(stack, change));
  return isLoss(change) || isForgotten(change.kind) || (severity !== undefined && isAtLeast(severity, "low"));
}

/** Changes by what becomes of them, their type, and the arguments that change; the largest group first. */
export function groupsOf(changes: readonly ReviewedChange[]): ChangeGroup[] {
  const groups = new Map<string, ReviewedChange[]>();
  for (const change of changes) {
    const key = JSON.stringify([change.kind, change.type, namesOf(change)]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()]
    .map((same) => ({ kind: same[0]!.kind, type: same[0]!.type, names: namesOf(same[0]!), changes: same }))
    .sort((one, other) => other.changes.length - one.changes.length);
}

/** First steps of the paths that change, each once. */
export function namesOf({ kind, differences }: ReviewedChange): string[] {
  const names = differences.map(({ path }) => /^[^.[]+/.exec(path)?.[0] ?? path);
  return kind === "create" || kind === "read" ? [] : [...new Set(names)].sort();
}
