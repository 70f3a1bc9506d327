import { isObject } from "../../../policies/arguments";
import type { Path, ResourceChange, Step } from "../plan/plan";
import type { Difference } from "./difference";
import { hasMark, inside, withUnknown } from "./marks";
import { isSame } from "./same";

/** The same place in the two values of a change, and in the marks of both. */
interface Place {
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
}

/** What is compared of a change. */
export type Compared = Pick<
  ResourceChange,
  "before" | "after" | "afterUnknown" | "beforeSensitive" | "afterSensitive" | "replacePaths"
>;

/** Every value that a change gives another value, in the order of the plan. */
export function differencesOf(change: Compared): Difference[] {
  const { before, after, afterUnknown: unknown, beforeSensitive, afterSensitive, replacePaths } = change;
  const found: Difference[] = [];
  compare({ before, after, unknown, beforeSensitive, afterSensitive }, [], (place, path) => {
    const forcesReplacement = replacePaths.some((each) => touches(each, path));
    found.push(difference(place, path, forcesReplacement));
  });
  return found;
}

/** Whether one of two paths leads to the other. */
function touches(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((step, index) => String(step) === String(other[index]));
}

function difference(place: Place, path: Path, forcesReplacement: boolean): Difference {
  const { before, after, unknown, beforeSensitive, afterSensitive } = place;
  const isUnknown = unknown === true;
  return {
    path: [...path],
    before: before ?? undefined,
    after: isUnknown ? undefined : (withUnknown(after, unknown) ?? undefined),
    isUnknown,
    isSensitive: hasMark(beforeSensitive) || hasMark(afterSensitive),
    forcesReplacement,
  };
}

type Report = (place: Place, path: Path) => void;

/**
 * Reports at least one difference where the values differ, as far down as they have parts of one kind, and returns whether it did.
 * The path is one list that grows and shrinks: most places of a large plan have nothing to report.
 */
function compare(place: Place, path: Step[], report: Report): boolean {
  const { before, after, unknown } = place;
  if (!hasMark(unknown) && isSame(before, after)) {
    return false;
  }
  const isWhole = unknown === true || place.beforeSensitive === true || place.afterSensitive === true;
  const isInParts =
    !isWhole &&
    (areAll(isObject, before, after, unknown)
      ? compareObjects(place, path, report)
      : areAll(Array.isArray, before, after, unknown) &&
        hasParts(before, after, unknown) &&
        compareLists(place, path, report));
  if (!isInParts) {
    report(place, path);
  }
  return true;
}

/** Whether values are of a kind, those that are there; `false` is a mark that is not there. */
function areAll(isKind: (value: unknown) => boolean, ...values: readonly unknown[]): boolean {
  const there = values.filter((value) => value !== undefined && value !== null && value !== false);
  return there.length > 0 && there.every(isKind);
}

/** Whether lists hold blocks or lists; those that hold plain values are compared as a whole. */
function hasParts(...lists: readonly unknown[]): boolean {
  return lists.some(
    (list) => Array.isArray(list) && list.some((element) => isObject(element) || Array.isArray(element)),
  );
}

function compareObjects(place: Place, path: Step[], report: Report): boolean {
  const { before, after, unknown } = place;
  let hasReported = false;
  for (const name of namesIn(before, after, unknown)) {
    hasReported = compareInside(placeIn(place, name, name), name, path, report) || hasReported;
  }
  return hasReported;
}

/** Names of all parts, in the order they come in: a set of them would cost more than comparing what is there. */
function namesIn(...values: readonly unknown[]): string[] {
  const [first = {}, ...others] = values.filter(isObject);
  const names = Object.keys(first);
  others.forEach((other, index) => {
    const before = [first, ...others.slice(0, index)];
    for (const name of Object.keys(other)) {
      if (!before.some((each) => Object.hasOwn(each, name))) {
        names.push(name);
      }
    }
  });
  return names;
}

/**
 * Compares lists of blocks. Terraform shows sets as lists, so that blocks which are in both are matched wherever they stand, and
 * the others in their order. Where all are in both, and in another order, nothing in them differs.
 */
function compareLists(place: Place, path: Step[], report: Report): boolean {
  if (Math.max(lengthOf(place.before), lengthOf(place.after), lengthOf(place.unknown)) === 1) {
    return compareInside(placeIn(place, 0, 0), 0, path, report);
  }
  const waiting = new Map<string, number[]>();
  for (let index = lengthOf(place.before) - 1; index >= 0; index--) {
    const key = keyOf(inside(place.before, index));
    const same = waiting.get(key);
    if (same) {
      same.push(index);
    } else {
      waiting.set(key, [index]);
    }
  }
  const added: number[] = [];
  const matched = new Set<number>();
  for (let index = 0; index < Math.max(lengthOf(place.after), lengthOf(place.unknown)); index++) {
    const isKnown = waiting.size > 0 && !hasMark(inside(place.unknown, index));
    const same = isKnown ? waiting.get(keyOf(inside(place.after, index)))?.pop() : undefined;
    if (same === undefined) {
      added.push(index);
    } else {
      matched.add(same);
    }
  }
  const removed = Array.from({ length: lengthOf(place.before) }, (_, index) => index).filter(
    (index) => !matched.has(index),
  );
  let hasReported = false;
  for (let index = 0; index < Math.max(added.length, removed.length); index++) {
    const [before, after] = [removed[index], added[index]];
    hasReported = compareInside(placeIn(place, before, after), (after ?? before)!, path, report) || hasReported;
  }
  return hasReported;
}

/** The same text for equal blocks: Terraform writes their arguments in one order, and all of them. */
function keyOf(block: unknown): string {
  return JSON.stringify(block ?? null);
}

function compareInside(place: Place, step: Step, path: Step[], report: Report): boolean {
  path.push(step);
  const hasReported = compare(place, path, report);
  path.pop();
  return hasReported;
}

/** A part of the old value and the part of the new one that it became; either may be missing. */
function placeIn(place: Place, before: Step | undefined, after: Step | undefined): Place {
  return {
    before: before === undefined ? undefined : inside(place.before, before),
    after: after === undefined ? undefined : inside(place.after, after),
    unknown: after === undefined ? undefined : inside(place.unknown, after),
    beforeSensitive: before === undefined ? undefined : inside(place.beforeSensitive, before),
    afterSensitive: after === undefined ? undefined : inside(place.afterSensitive, after),
  };
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
