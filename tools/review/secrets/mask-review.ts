import type { Review } from "../review";
import type { Redactor } from "./redactor";

/** What this tool writes itself, and readers compare: never a text of the plan. */
const ours = new Set([
  ...[
    "format",
    "commit",
    "planSetDigest",
    "digest",
    "outcome",
    "failOn",
    "counts",
    "status",
    "kind",
    "severity",
    "effect",
  ],
  ...["rule", "title", "why", "check", "mode", "actions", "terraformVersion"],
]);

/** A review without secrets, whoever put a text into it: the last gate before anything is shown. */
export function maskReview(review: Review, redactor: Redactor): Review {
  return masked(review, redactor) as Review;
}

function masked(value: unknown, redactor: Redactor): unknown {
  if (typeof value === "string") {
    return redactor.mask(value);
  }
  if (Array.isArray(value)) {
    return value.map((inner) => masked(inner, redactor));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, ours.has(name) ? inner : masked(inner, redactor)]),
      )
    : value;
}
