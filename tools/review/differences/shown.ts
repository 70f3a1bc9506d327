import { structuredPatch } from "diff";

import { parseJson } from "../../../policies/arguments";
import { isDeeperThan, mostLevels } from "../plan/depth";
import { hidden, type Redactor } from "../secrets/redactor";
import { shorten } from "../shorten";
import { type Difference, knownAfterApply, pathText } from "./difference";

/** A difference as people see it: texts without secrets, of bounded length. */
export interface ShownDifference {
  readonly path: string;
  /** JSON of the old value; `null` where there was nothing. */
  readonly before: string | null;
  /** JSON of the new value, or `(known after apply)`; `null` where there will be nothing. */
  readonly after: string | null;
  readonly forcesReplacement: boolean;
  /** Lines that differ, for texts too long to stand side by side: each begins with `+`, `-`, a space or `@`. */
  readonly lines?: readonly string[];
}

const longestValue = 240;
const longestLine = 240;
const mostLines = 80;
/** Lines around those that differ. */
const context = 2;
/** Texts that differ in more lines than these are not compared: it would take too long. */
const mostEdits = 2_000;

/** Shows a difference, masked by its marks first and by the values of all secrets then. */
export function shown(difference: Difference, redactor: Redactor): ShownDifference {
  const { before, after, isSensitive, isUnknown, forcesReplacement } = difference;
  const path = redactor.mask(pathText(difference.path));
  const mask = (value: unknown) => (isSensitive && value !== undefined ? hidden : redactor.maskAll(value));
  const [old, next] = [mask(before), mask(after)];
  const lines = isSensitive || isUnknown ? undefined : linesOf(old, next, redactor);
  return {
    path,
    before: valueText(old),
    after: isUnknown ? knownAfterApply : valueText(next),
    forcesReplacement,
    ...(lines ? { lines } : {}),
  };
}

/** What differs in two values that have parts, line by line, where they are too long to stand side by side. */
export function shownParts(before: unknown, after: unknown, redactor: Redactor): Pick<ShownDifference, "lines"> {
  const areParts = [before, after].every((value) => typeof value === "object" && value !== null);
  const lines = areParts ? linesOf(JSON.stringify(before), JSON.stringify(after), redactor) : undefined;
  return lines ? { lines } : {};
}

/** A value in one line. */
export function valueText(value: unknown): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  const text = value === hidden || value === knownAfterApply ? value : JSON.stringify(value);
  return shorten(text, longestValue);
}

/** What differs in two long texts, line by line. */
function linesOf(before: unknown, after: unknown, redactor: Redactor): string[] | undefined {
  const texts = [before, after].map((value) =>
    typeof value === "string" ? value : value === undefined ? "" : undefined,
  );
  const [old, next] = texts;
  if (old === undefined || next === undefined || (!isLong(old) && !isLong(next))) {
    return undefined;
  }
  const [oldLines, newLines] = [old, next].map((text) => redactor.mask(readable(text)));
  const patch = structuredPatch("", "", oldLines!, newLines!, "", "", { context, maxEditLength: mostEdits });
  if (patch === undefined) {
    return [`@ more than ${mostEdits} lines differ`];
  }
  const lines = patch.hunks.flatMap(({ oldStart, newStart, lines: hunk }) => [
    `@ line ${oldStart} was, line ${newStart} is`,
    ...hunk.filter((line) => !line.startsWith("\\")).map((line) => shorten(line, longestLine)),
  ]);
  if (lines.length === 0) {
    return ["@ only its form changes: spaces, or the order of keys"];
  }
  const more = lines.length - mostLines;
  return more > 0 ? [...lines.slice(0, mostLines), `@ ${more} more lines`] : lines;
}

function isLong(text: string): boolean {
  return text.includes("\n") || text.length > longestValue / 2;
}

/** A text as people read it: JSON with a line for each value, in one order of keys, and what base64 hides decoded. */
function readable(text: string): string {
  const json = parseJson(text);
  if (typeof json === "object" && json !== null && !isDeeperThan(mostLevels, json)) {
    return JSON.stringify(json, inOrder, 2);
  }
  const decoded = /^[A-Za-z0-9+/]{24,}={0,2}$/.test(text) ? Buffer.from(text, "base64") : undefined;
  const isText = decoded !== undefined && decoded.toString("base64") === text && isPrintable(decoded.toString());
  return isText ? readable(decoded.toString()) : text;
}

function isPrintable(text: string): boolean {
  return !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text);
}

function inOrder(_: string, value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
