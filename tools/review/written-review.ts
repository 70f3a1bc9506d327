import { existsSync, readFileSync } from "node:fs";

import { z } from "zod";

import { UserError } from "../cli/user-error";
import type { ReviewFinding } from "./review";

/** What an acknowledgement has to know of a finding. */
export type FindingToAccept = Pick<ReviewFinding, "rule" | "stack" | "address" | "digest"> & {
  readonly acknowledged: unknown;
};

const writtenReview = z.object({
  format: z.string().regex(/^1\./),
  findings: z.array(
    z.object({
      rule: z.string(),
      stack: z.string(),
      address: z.string(),
      digest: z.string(),
      acknowledged: z.unknown(),
    }),
  ),
});

/** Findings of what `mlp review --json` wrote. Throws a `UserError` where the file is something else. */
export function findingsOfWrittenReview(file: string): readonly FindingToAccept[] {
  if (!existsSync(file)) {
    throw new UserError(`${file} does not exist: name what 'mlp review --json' wrote`);
  }
  const parsed = writtenReview.safeParse(jsonOf(readFileSync(file, "utf8")));
  if (!parsed.success) {
    throw new UserError(`${file} must be what 'mlp review --json' wrote, in format 1`);
  }
  return parsed.data.findings;
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
