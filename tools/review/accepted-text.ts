import type { ReviewFinding } from "./review";

/** For how long a finding is accepted, and by whom: `until 2026-12-31 by Kim`. */
export function acceptedText({ expires, acknowledgedBy }: NonNullable<ReviewFinding["acknowledged"]>): string {
  const until = expires === null ? "by a setting of the environment" : `until ${expires}`;
  return acknowledgedBy === null ? until : `${until} by ${acknowledgedBy}`;
}
