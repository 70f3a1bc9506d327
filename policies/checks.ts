import type { Expected } from "./expected";
import type { Policy } from "./policy";
import {
  type Arguments,
  isAmong,
  isGiven,
  isMissing,
  isNothing,
  isUnknown,
  listOf,
  numberOf,
  show,
  valueAt,
  valuesAt,
  blocks,
} from "./arguments";

/** What is wrong in a block; `at` is the path of the block with a point at its end, and empty for the resource itself. */
export type Check = (args: Arguments, at: string) => readonly string[];

/** A rule about values that Google refuses: checks for each resource type. */
export function valuePolicy(rule: {
  readonly id: string;
  readonly why: string;
  readonly controls?: readonly string[];
  readonly checks: Readonly<Record<string, readonly Check[]>>;
}): Policy {
  const { checks, ...described } = rule;
  return {
    ...described,
    kind: "value",
    types: Object.keys(checks),
    check: (args, type) => [...new Set((checks[type] ?? []).flatMap((check) => check(args, "")))],
  };
}

/** What arguments must be, by their paths. What is empty or left out passes, unless it is required. */
export const must =
  (table: Readonly<Record<string, Expected>>): Check =>
  (args, at) =>
    Object.entries(table).flatMap(([path, { text, accepts, required = false }]) =>
      valuesAt(args, path)
        .filter((value) => !containsUnknown(value) && (isNothing(value) ? required : !accepts(value)))
        .map((value) => `'${at}${path}' must be ${text}, got ${show(value)}`),
    );

/** Checks of every block at a path. */
export const within =
  (path: string, ...checks: readonly Check[]): Check =>
  (args, at) =>
    valuesAt(args, path)
      .flatMap(blocks)
      .flatMap((block) => checks.flatMap((check) => check(block, `${at}${path}.`)));

/** Arguments that must not be set together. */
export const apart =
  (one: string, other: string, instead = "remove one of them"): Check =>
  (args, at) =>
    isGiven(args, one) && isGiven(args, other)
      ? [`'${at}${one}' must not be set together with '${at}${other}': ${instead}`]
      : [];

/** Arguments of which exactly one must be set. */
export const exactlyOne =
  (...paths: readonly string[]): Check =>
  (args, at) => {
    const given = paths.filter((path) => isGiven(args, path));
    const wrong = given.length > 1 || paths.every((path) => isMissing(args, path));
    return wrong ? [`exactly one of ${quoted(paths, at)} must be set, got ${quoted(given, at) || "none"}`] : [];
  };

/** Arguments of which at most one may be set. */
export const atMostOne =
  (...paths: readonly string[]): Check =>
  (args, at) => {
    const given = paths.filter((path) => isGiven(args, path));
    return given.length > 1 ? [`only one of ${quoted(paths, at)} may be set, got ${quoted(given, at)}`] : [];
  };

/** Arguments of which at least one must be set. */
export const anyOf =
  (...paths: readonly string[]): Check =>
  (args, at) => {
    const wanted = paths.length > 1 ? `one of ${quoted(paths, at)}` : quoted(paths, at);
    return paths.every((path) => isMissing(args, path)) ? [`${wanted} must be set, got nothing`] : [];
  };

/** An argument that must not be above another. */
export const ordered =
  (low: string, high: string): Check =>
  (args, at) => {
    const [least, most] = [numberOf(valueAt(args, low)), numberOf(valueAt(args, high))];
    return least !== undefined && most !== undefined && least > most
      ? [`'${at}${low}' must be at most '${at}${high}' (${most}), got ${least}`]
      : [];
  };

/** Checks that hold only for some resources. A condition on what is unknown should be false. */
export const where =
  (condition: (args: Arguments) => boolean, ...checks: readonly Check[]): Check =>
  (args, at) =>
    condition(args) ? checks.flatMap((check) => check(args, at)) : [];

/** Arguments that must not be set, and what to do instead. */
export const never =
  (path: string, instead: string): Check =>
  (args, at) =>
    isGiven(args, path) ? [`'${at}${path}' must not be set: ${instead}`] : [];

/** Something that cannot be said in a table. */
export const refuse =
  (broken: (args: Arguments) => boolean, message: string): Check =>
  (args) =>
    broken(args) ? [message] : [];

/** Whether an argument is one of some values. */
export const is =
  (path: string, ...wanted: readonly unknown[]) =>
  (args: Arguments): boolean =>
    valuesAt(args, path).some((value) => isAmong(value, wanted));

function containsUnknown(value: unknown): boolean {
  return isUnknown(value) || listOf(value).some(isUnknown);
}

function quoted(paths: readonly string[], at: string): string {
  return paths.map((path) => `'${at}${path}'`).join(", ");
}
