import { isObject } from "../../../policies/arguments";
import { knownAfterApply } from "./difference";
import { part } from "./same";

/** The mark or value inside another; a mark of the whole holds for every part. */
export function inside(value: unknown, step: string | number): unknown {
  if (value === true) {
    return true;
  }
  return Array.isArray(value)
    ? (value[Number(step)] as unknown)
    : isObject(value)
      ? part(value, String(step))
      : undefined;
}

/** Whether something inside is marked. */
export function hasMark(mark: unknown): boolean {
  return mark === true || (typeof mark === "object" && mark !== null && Object.values(mark).some(hasMark));
}

/** A value that says of its parts which are known after apply: the plan leaves them out, or has `null` there. */
export function withUnknown(value: unknown, mark: unknown): unknown {
  if (mark === true) {
    return knownAfterApply;
  }
  if (!hasMark(mark)) {
    return value;
  }
  if (Array.isArray(mark)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [];
    const length = Math.max(values.length, mark.length);
    return Array.from({ length }, (_, index) => withUnknown(values[index] ?? null, mark[index]));
  }
  const values = isObject(value) ? value : {};
  const names = new Set([...Object.keys(values), ...Object.keys(mark as object)]);
  return Object.fromEntries([...names].map((name) => [name, withUnknown(part(values, name), inside(mark, name))]));
}
