import type { Review } from "../review";

/** The review as JSON, in the form that `docs/review.schema.json` describes. */
export function reviewJson(review: Review): string {
  return `${JSON.stringify(review, null, 2)}\n`;
}
