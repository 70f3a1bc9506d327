import { isObject } from "../../../policies/arguments";
import type { Path } from "../plan/plan";
import { argumentName, type Difference, pathText } from "./difference";

/** One argument as it was and as it will be. */
export interface ArgumentChange {
  /** Without places in lists: `template.containers.image`. */
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly isUnknown: boolean;
  readonly isSensitive: boolean;
  readonly difference: Difference;
}

/** The arguments in a difference: several where a block as a whole is sensitive, or known after apply only. */
export function argumentChangesOf(difference: Difference): ArgumentChange[] {
  const { path, before, after, isUnknown, isSensitive } = difference;
  const [old, next] = [leavesOf(before, path), leavesOf(after, path)];
  return [...new Set([...old.keys(), ...next.keys()])].map((place) => ({
    name: (old.get(place) ?? next.get(place))!.name,
    before: old.get(place)?.value,
    after: next.get(place)?.value,
    isUnknown,
    isSensitive,
    difference,
  }));
}

/** Values of arguments by their place, lists of plain values as a whole. */
function leavesOf(value: unknown, path: Path): Map<string, { name: string; value: unknown }> {
  const isList = Array.isArray(value) && value.some((element) => isObject(element) || Array.isArray(element));
  const parts: [string | number, unknown][] = isList
    ? (value as unknown[]).map((element, index) => [index, element])
    : isObject(value)
      ? Object.entries(value)
      : [];
  return parts.length === 0
    ? new Map([[pathText(path), { name: argumentName(path), value }]])
    : new Map(parts.flatMap(([step, part]) => [...leavesOf(part, [...path, step])]));
}
