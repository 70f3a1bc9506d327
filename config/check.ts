import type { z } from "zod";

import type { JsonSchema } from "./json-schemas";
import { byNearness, didYouMean, listNames } from "./nearest";
import type { Problem, Report } from "./problem";
import { keysOf, schemaAt } from "./schema-at";
import {
  find,
  keyPlaceOf,
  type MappingNode,
  type Node,
  type Path,
  placeOf,
  plain,
  type ScalarNode,
} from "./source/node";
import { describe, plural } from "./text";

export type Issue = z.core.$ZodIssue;

export interface CheckProps {
  /** What the file may hold, for messages. */
  readonly shape: JsonSchema;
  readonly report: Report;
  /**
   * What is reported elsewhere: a setting missing from one layer may stand in another, a key unknown in all layers together
   * is unknown in one.
   * @default - everything is reported
   */
  readonly ignore?: "missing" | "unknown";
}

/**
 * A key with nothing after it is refused: YAML reads it as null, and whether its author meant "none", "the default" or
 * forgot to indent what follows cannot be known.
 */
const emptyMapping = "is empty: indent its settings below it, or remove the key";

/** The typed value of a mapping, or the schema's issues with it, which are reported in the words of the file. */
export function check<S extends z.ZodType>(
  schema: S,
  node: MappingNode,
  { shape, report, ignore }: CheckProps,
): { value: z.output<S> } | { issues: readonly Issue[] } {
  const parsed = schema.safeParse(plain(node));
  if (parsed.success) {
    return { value: parsed.data };
  }
  for (const issue of parsed.error.issues) {
    tell(issue, { node, shape, report, ...(ignore && { ignore }) });
  }
  return { issues: parsed.error.issues };
}

/** Whether a value is a mapping; reports it where it is not. */
export function requireMapping(node: Node, report: Report): node is MappingNode {
  if (node.kind === "mapping") {
    return true;
  }
  const empty = node.kind === "scalar" && node.value === null;
  report(node.place, empty ? emptyMapping : `must be a mapping${got(node)}`);
  return false;
}

function tell(issue: Issue, { node, shape, report, ignore }: CheckProps & { node: Node }): void {
  const path = issue.path as Path;
  const value = find(node, path);
  const expected = schemaAt(shape, path, node);
  if (issue.code === "unrecognized_keys") {
    for (const key of ignore === "unknown" ? [] : issue.keys) {
      report(keyPlaceOf(node, ...path, key), unknownKey(key, expected, find(node, path)));
    }
  } else if (issue.code === "invalid_key") {
    const key = String(path.at(-1));
    const [{ message } = { message: "must be another name" }] = issue.issues;
    report(keyPlaceOf(node, ...path), `${message}${got(key)}${correction(key, expectedKey(shape, path, node))}`);
  } else if (value === undefined) {
    if (ignore !== "missing") {
      const hint = expected?.description ?? choices(expected);
      report(placeOf(node, ...path), `is missing${hint === undefined ? "" : `: ${hint}`}`);
    }
  } else if (issue.code === "custom" && issue.params?.["inside"]) {
    for (const { message, ...place } of issue.params["inside"] as readonly Problem[]) {
      report(place, message);
    }
  } else {
    report(placeOf(node, ...path), refusal(issue, value, expected));
  }
}

function unknownKey(key: string, expected: JsonSchema | undefined, parent: Node | undefined): string {
  const known = expected ? keysOf(expected, parent) : [];
  const present = parent?.kind === "mapping" ? parent.entries : new Map<string, unknown>();
  const unused = known.filter((name) => !present.has(name));
  return `unknown key ${describe(key)}${didYouMean(key, unused) || ","} allowed: ${listNames(known, key)}`;
}

function expectedKey(shape: JsonSchema, path: Path, node: Node): JsonSchema | undefined {
  return schemaAt(shape, path.slice(0, -1), node)?.propertyNames;
}

function refusal(issue: Issue, value: Node, expected: JsonSchema | undefined): string {
  const data = value.kind === "scalar" ? value.value : undefined;
  if (data === null) {
    return expected?.type === "object" ? emptyMapping : "is empty: write a value, or remove the key";
  }
  if (issue.code === "invalid_type" && issue.expected !== "int" && issue.expected !== "number") {
    return wrongType(issue.expected, value);
  }
  if (expected?.enum || expected?.oneOf) {
    return wrongChoice(expected, value);
  }
  if (expected?.type === "integer" || expected?.type === "number") {
    const written = typeof data === "number" ? `, got ${(value as ScalarNode).source}` : got(value);
    return `must be ${numberRange(expected)}${written}${typeof data === "string" ? unquote(data) : ""}`;
  }
  if (issue.code === "too_small" && expected?.type === "array") {
    return `must have at least ${plural(expected.minItems ?? 1, "entry", "entries")}, got none`;
  }
  if ((issue.code === "too_small" || issue.code === "too_big") && typeof data === "string") {
    const { minLength = 0, maxLength } = expected ?? {};
    return `must be text of ${minLength} to ${maxLength ?? "any number of"} characters, got ${data.length}`;
  }
  const text = issue.message.startsWith("must ") && !issue.message.includes(", got ") ? got(value) : "";
  const spelling = issue.code === "invalid_format" && typeof data === "string" ? correction(data, expected) : "";
  return `${issue.message}${text}${spelling}`;
}

function wrongType(expected: string, value: Node): string {
  const scalar = value.kind === "scalar" ? value : undefined;
  switch (expected) {
    case "string":
      return `must be text${got(value)}${scalar ? ": put it in quotes" : ""}`;
    case "boolean":
      return `must be true or false${got(value)}${truth(scalar?.value)}`;
    case "array":
      return `must be a list${got(value)}${scalar ? `: write it as [${scalar.source}]` : ""}`;
    case "object":
    case "record":
      return `must be a mapping${got(value)}`;
    default:
      return `must be ${expected}${got(value)}`;
  }
}

function truth(value: unknown): string {
  const word = String(value).toLowerCase();
  if (["yes", "on", "y", "true"].includes(word)) {
    return ": write true";
  }
  return ["no", "off", "n", "false"].includes(word) ? ": write false" : "";
}

function wrongChoice(expected: JsonSchema, value: Node): string {
  const names = choiceNames(expected);
  const [data, source] = value.kind === "scalar" ? [value.value, value.source] : [undefined, ""];
  const list =
    names.length <= 15
      ? `one of ${names.join(", ")}`
      : `one of ${names.length} values (nearest: ${byNearness(source, names).slice(0, 3).join(", ")})`;
  if (data !== undefined && typeof data !== "string" && names.includes(source)) {
    return `must be text${got(value)}: put it in quotes`;
  }
  return `must be ${list}${got(value)}${typeof data === "string" ? didYouMean(data, names) : ""}`;
}

function choices(expected: JsonSchema | undefined): string | undefined {
  const names = expected ? choiceNames(expected) : [];
  return names.length === 0 ? undefined : `one of ${listNames(names)}`;
}

function choiceNames(expected: JsonSchema): string[] {
  return (expected.enum ?? (expected.oneOf ?? []).map((option) => option.const)).map(String);
}

function numberRange({ type, minimum, maximum, multipleOf }: JsonSchema): string {
  const noun = type === "integer" ? "a whole number" : "a number";
  const steps = multipleOf === undefined ? "" : ` in steps of ${multipleOf}`;
  return `${minimum === undefined || maximum === undefined ? noun : `${noun} from ${minimum} to ${maximum}`}${steps}`;
}

function unquote(value: string): string {
  return value.trim() !== "" && Number.isFinite(Number(value)) ? ": remove the quotes" : "";
}

/** What was written, spelt as the pattern asks for, where a change of spelling is all it takes. */
function correction(value: string, expected: JsonSchema | undefined): string {
  const lower = value.trim().toLowerCase();
  const hyphenated = lower.replaceAll(/[\s_.]+/g, "-");
  const candidates = [lower, hyphenated, `group:${lower}`];
  const pattern = expected?.pattern === undefined ? undefined : new RegExp(expected.pattern);
  const right = candidates.find((candidate) => candidate !== value && pattern?.test(candidate));
  return right === undefined ? "" : `: write '${right}'`;
}

function got(value: Node | string): string {
  if (typeof value === "string") {
    return `, got ${describe(value)}`;
  }
  if (value.kind !== "scalar") {
    return `, got a ${value.kind}`;
  }
  return `, got ${describe(value.value, value.source)}`;
}
