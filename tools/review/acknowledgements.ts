import { check } from "../../config/check";
import { reviewJsonSchema } from "../../config/json-schemas";
import { formatProblem, Problems, type Report } from "../../config/problem";
import { type ReviewAcknowledgement, reviewSchema } from "../../config/schema/review";
import { day } from "../../config/schema/values";
import { readText } from "../../config/source/bytes";
import { items, type Node, placeOf, text } from "../../config/source/node";
import { parseYaml } from "../../config/source/yaml";
import { UserError } from "../cli/user-error";

/** Where acknowledgements are looked for. */
export const acknowledgementsFile = "review.yaml";

/** An acknowledgement, and where it stands: `review.yaml:4`. */
export interface Acknowledgement extends ReviewAcknowledgement {
  readonly where: string;
}

/** Reads a file of acknowledgements; `today` is YYYY-MM-DD. Throws a `UserError` with everything that is wrong in it. */
export function readAcknowledgements(file: string, today: string): Acknowledgement[] {
  const problems = new Problems();
  const content = readText("", file, problems.report);
  const read = content === undefined ? [] : parse(file, content, today, problems.report);
  if (problems.size > 0) {
    throw new UserError(problems.sorted().map(formatProblem).join("\n"));
  }
  return read;
}

function parse(file: string, content: string, today: string, report: Report): Acknowledgement[] {
  const node = parseYaml(file, content, report);
  if (node === undefined) {
    return [];
  }
  if (node.kind !== "mapping") {
    report(node.place, "must hold a mapping at its top: write 'acknowledgements:' and indent the entries below it");
    return [];
  }
  const checked = check(reviewSchema, node, { shape: reviewJsonSchema, report });
  const entries = items(node, "acknowledgements");
  entries.forEach((entry) => requireExpiryWithinAYear(entry, today, report));
  requireDifferent(entries, report);
  return "value" in checked
    ? checked.value.acknowledgements.map((entry, index) => ({
        ...entry,
        where: `${file}:${entries[index]!.place.line}`,
      }))
    : [];
}

/** The last day that may be given today: what is accepted for longer is not looked at again. */
export function latestExpiry(today: string): string {
  return `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
}

function requireExpiryWithinAYear(entry: Node, today: string, report: Report): void {
  const expires = text(entry, "expires");
  const latest = latestExpiry(today);
  if (expires !== undefined && day.safeParse(expires).success && expires > latest) {
    report(placeOf(entry, "expires"), `must be at most a year ahead, ${latest}, got ${expires}`);
  }
}

function requireDifferent(entries: readonly Node[], report: Report): void {
  const seen = new Map<string, Node>();
  for (const entry of entries) {
    const parts = ["rule", "stack", "address", "digest"].map((name) => text(entry, name));
    const key = JSON.stringify(parts);
    const earlier = seen.get(key);
    if (earlier && !parts.includes(undefined)) {
      report(entry.place, `is there twice: remove this or the one in line ${earlier.place.line}`);
    }
    seen.set(key, entry);
  }
}
