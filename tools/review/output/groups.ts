import { isAtLeast, type Severity } from "../severity";
import { isForgotten } from "../plan/kind";
import type { ReviewedChange } from "../review";
import { changeKey, isLoss, remarks } from "./words";

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

/** Objects from which on a change that is the same for all is told once. */
const fewestAlike = 3;

/** Updates that show the same of many objects, group by group, and all other changes. */
export function alikeOf(changes: readonly ReviewedChange[]): {
  readonly single: readonly ReviewedChange[];
  readonly alike: readonly (readonly ReviewedChange[])[];
} {
  const groups = new Map<string, ReviewedChange[]>();
  for (const change of changes.filter(isShownWhole)) {
    const key = JSON.stringify([change.differences, remarks(change)]);
    const group = groups.get(key) ?? [];
    group.push(change);
    groups.set(key, group);
  }
  const alike = [...groups.values()].filter(({ length }) => length >= fewestAlike);
  const grouped = new Set(alike.flat());
  return { single: changes.filter((change) => !grouped.has(change)), alike };
}

function isShownWhole({ kind, differences, moreDifferences }: ReviewedChange): boolean {
  return kind === "update" && differences.length > 0 && moreDifferences === 0;
}

/** First steps of the paths that change, each once. */
export function namesOf({ kind, differences }: ReviewedChange): string[] {
  const names = differences.map(({ path }) => /^[^.[]+/.exec(path)?.[0] ?? path);
  return kind === "create" || kind === "read" ? [] : [...new Set(names)].sort();
}
