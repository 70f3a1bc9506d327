import type { Review } from "../review";
import type { Redactor } from "./redactor";

/** What this tool writes itself, and readers compare: never a text of the plan. */
const ours = new Set([
  ...[
    "format",
    "environment",
    "commit",
    "planSetDigest",
    "applyWith",
    "digest",
    "outcome",
    "failOn",
    "counts",
    "kind",
    "severity",
  ],
  ...["effect", "rule", "title", "why", "check"],
]);

/** Words of Terraform and of this tool, and where they stand: a plan may have any other text there. */
const words: Readonly<Record<string, ReadonlySet<unknown>>> = {
  actions: new Set(["no-op", "create", "read", "update", "delete", "forget"]),
  mode: new Set(["managed", "data"]),
  status: new Set([
    "planned",
    "failed",
    "missing",
    "errored",
    "incomplete",
    "orphaned",
    "pass",
    "fail",
    "error",
    "unknown",
  ]),
};

/** A review without secrets, whoever put a text into it: the last gate before anything is shown. What holds none stays as it is. */
export function maskReview(review: Review, redactor: Redactor): Review {
  return masked(review, "", redactor) as Review;
}

function masked(value: unknown, field: string, redactor: Redactor): unknown {
  if (typeof value === "string") {
    return words[field]?.has(value) ? value : redactor.mask(value);
  }
  if (Array.isArray(value)) {
    const list = value.map((inner) => masked(inner, field, redactor));
    return list.some((inner, index) => inner !== value[index]) ? list : value;
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  const next = entries.map(([name, inner]): [string, unknown] => [
    name,
    ours.has(name) ? inner : masked(inner, name, redactor),
  ]);
  return next.some(([, inner], index) => inner !== entries[index]![1]) ? Object.fromEntries(next) : value;
}
