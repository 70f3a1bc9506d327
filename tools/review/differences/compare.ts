import { isDeepStrictEqual } from "node:util";

import { isObject } from "../../../policies/arguments";
import type { Path, ResourceChange } from "../plan/plan";
import type { Difference } from "./difference";

/** The same place in the two values of a change, and in the marks of both. */
interface Place {
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
}

/** Every value that a change gives another value, in the order of the plan. */
export function differencesOf(change: ResourceChange): Difference[] {
  const { before, after, afterUnknown: unknown, beforeSensitive, afterSensitive, replacePaths } = change;
  const found: Difference[] = [];
  compare({ before, after, unknown, beforeSensitive, afterSensitive }, [], (difference) => found.push(difference));
  return found.map((difference) => ({
    ...difference,
    forcesReplacement: replacePaths.some((path) => touches(path, difference.path)),
  }));
}

/** Whether one of two paths leads to the other. */
function touches(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((step, index) => String(step) === String(other[index]));
}

function compare(place: Place, path: Path, report: (difference: Difference) => void): void {
  const { before, after, unknown } = place;
  const isSensitive = place.beforeSensitive === true || place.afterSensitive === true;
  const isUnknown = unknown === true;
  if (!isUnknown && !isSensitive) {
    if (
      isBranch(before, isObject) &&
      isBranch(after, isObject) &&
      (isObject(before) || isObject(after) || isObject(unknown))
    ) {
      return compareObjects(place, path, report);
    }
    if (isBranch(before, Array.isArray) && isBranch(after, Array.isArray) && hasParts(before, after, unknown)) {
      return compareLists(place, path, report);
    }
  }
  if (isUnknown || !isSame(before, after)) {
    report({
      path,
      before: before ?? undefined,
      after: isUnknown ? undefined : (after ?? undefined),
      isUnknown,
      isSensitive,
      forcesReplacement: false,
    });
  }
}

/** Whether a value has the kind of parts that is asked for, or is not there. */
function isBranch(value: unknown, isKind: (value: unknown) => boolean): boolean {
  return value === undefined || value === null || isKind(value);
}

/** Whether lists hold blocks or lists; those that hold plain values are compared as a whole. */
function hasParts(...lists: readonly unknown[]): boolean {
  return lists.some(
    (list) => Array.isArray(list) && list.some((element) => isObject(element) || Array.isArray(element)),
  );
}

function compareObjects(place: Place, path: Path, report: (difference: Difference) => void): void {
  const [before, after, unknown] = [place.before, place.after, place.unknown].map(partsOf);
  for (const name of new Set([...Object.keys(before!), ...Object.keys(after!), ...Object.keys(unknown!)])) {
    const part = {
      before: before![name],
      after: after![name],
      unknown: unknown![name],
      beforeSensitive: inside(place.beforeSensitive, name),
      afterSensitive: inside(place.afterSensitive, name),
    };
    compare(part, [...path, name], report);
  }
}

/**
 * Compares lists of blocks. Terraform shows sets as lists, so that blocks which are in both are matched wherever they stand, and
 * the others in their order. Where all are in both, and in another order, the list is one difference.
 */
function compareLists(place: Place, path: Path, report: (difference: Difference) => void): void {
  const elements = (value: unknown, marks: unknown, sensitive: unknown) =>
    Array.from({ length: Math.max(lengthOf(value), lengthOf(marks)) }, (_, index) => ({
      index,
      value: inside(value, index),
      unknown: inside(marks, index),
      sensitive: inside(sensitive, index),
    }));
  const befores = elements(place.before, undefined, place.beforeSensitive);
  const afters = elements(place.after, place.unknown, place.afterSensitive);
  const removed = [...befores];
  const added = afters.filter((after) => {
    const same = removed.findIndex((before) => !hasMark(after.unknown) && isSame(before.value, after.value));
    if (same >= 0) {
      removed.splice(same, 1);
    }
    return same < 0;
  });
  if (added.length === 0 && removed.length === 0) {
    const isReordered = befores.some(({ value }, index) => !isSame(value, afters[index]?.value));
    if (isReordered) {
      const isSensitive = hasMark(place.beforeSensitive) || hasMark(place.afterSensitive);
      const { before, after } = place;
      report({ path, before, after, isUnknown: false, isSensitive, forcesReplacement: false });
    }
    return;
  }
  for (let index = 0; index < Math.max(added.length, removed.length); index++) {
    const [before, after] = [removed[index], added[index]];
    const part = {
      before: before?.value,
      after: after?.value,
      unknown: after?.unknown,
      beforeSensitive: before?.sensitive,
      afterSensitive: after?.sensitive,
    };
    compare(part, [...path, (after ?? before)!.index], report);
  }
}

/** What is not there is nothing; JSON has no other difference that counts. */
function isSame(before: unknown, after: unknown): boolean {
  return (before ?? null) === (after ?? null) || isDeepStrictEqual(before ?? null, after ?? null);
}

function partsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

/** The mark or value inside another; what is sensitive as a whole is so in every part. */
function inside(value: unknown, step: string | number): unknown {
  if (value === true) {
    return true;
  }
  return Array.isArray(value) ? (value[Number(step)] as unknown) : isObject(value) ? value[String(step)] : undefined;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** Whether something inside is marked. */
function hasMark(mark: unknown): boolean {
  return mark === true || (typeof mark === "object" && mark !== null && Object.values(mark).some(hasMark));
}
