import { z } from "zod";

import { day, reason } from "./values";

const acknowledgement = z.strictObject({
  rule: z
    .string()
    .regex(/^[a-z][a-z-]*\/[a-z0-9-]+$/, "must be the id of a rule as the review shows it, such as data/destroyed")
    .describe("Id of the rule, as the review shows it"),
  stack: z
    .string()
    .regex(/^\w[\w.-]*$/, "must be the name of a stack, such as dev-churn-ingestion")
    .describe("Stack that the finding is in"),
  address: z
    .string()
    .regex(/\S/, "must be the address that the finding names, such as google_storage_bucket.Landing_F95672E9")
    .describe("What the finding is about: its address in the plan"),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "must be the digest of the finding: 64 hexadecimal digits")
    .describe("Digest of the finding: the acknowledgement holds for this change only"),
  reason,
  expires: day.describe("Last day on which it is accepted, at most a year ahead"),
  acknowledgedBy: z.string().regex(/\S/, "must be a name").optional().describe("Who accepts it"),
});

/** `review.yaml`: findings of plan reviews that are accepted for a time. */
export const reviewSchema = z.strictObject({
  acknowledgements: z.array(acknowledgement).describe("Findings that are accepted for a time"),
});

/** A finding of a plan's review that somebody accepts. */
export type ReviewAcknowledgement = Readonly<z.infer<typeof acknowledgement>>;
