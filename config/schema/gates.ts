import { z } from "zod";

import { count, ratio } from "./values";

/** A metric as an evaluation calls it. */
const metric = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, "must be the name of a metric of the evaluation, such as auRoc");

const metricGate = z
  .strictObject({
    better: z.enum(["higher", "lower"]).describe("Which way is better"),
    tolerance: z
      .number()
      .min(0)
      .optional()
      .describe("How much worse than the champion's it may be; not compared with the champion when absent"),
    limit: z
      .number()
      .optional()
      .describe("Worst value that passes: the least where higher is better, the most where lower is; none when absent"),
  })
  .refine(({ tolerance, limit }) => tolerance !== undefined || limit !== undefined, {
    error: "must have 'tolerance', 'limit' or both: without them every value passes",
  });

const sliceGate = z.strictObject({
  metric: metric.describe("Metric that is compared between the slices"),
  largestGap: ratio.describe("Most that it may differ between any two slices"),
});

/** What must be true of a version before it becomes the challenger. Its image is named by digest in any case. */
export const gatesSchema = z
  .strictObject({
    metrics: z.record(metric, metricGate).default({}).describe("Metrics of the version's evaluation, by name"),
    slices: z
      .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, "must be the name of a feature, such as country"), sliceGate)
      .default({})
      .describe("Fairness between the slices of a feature, by feature"),
    dataValidation: z.boolean().default(false).describe("Whether the training data must have passed its validation"),
    explanation: z.boolean().default(false).describe("Whether the version must have an explanation specification"),
    approval: z
      .strictObject({
        minutes: count(10, 43_200).default(1440).describe("Minutes after which the version counts as refused"),
      })
      .optional()
      .describe("Asks the model's owners last; nobody is asked when absent"),
  })
  .prefault({});

/** Which old versions stay in the registry. */
export const retentionSchema = z
  .strictObject({
    versions: count(1, 1000).default(10).describe("Newest versions that are kept, however old they are"),
    days: count(1, 3650).default(90).describe("Days for which every version is kept"),
  })
  .prefault({});

/** When a deployed model counts as forgotten. */
export const idleSchema = z
  .strictObject({
    hours: count(1, 720).default(24).describe("Hours without an answer after which it is reported"),
    action: z
      .enum(["report", "retire"])
      .default("report")
      .describe("What else happens: 'retire' takes it down where it has no share of the traffic"),
  })
  .prefault({});

export type GatesConfig = z.output<typeof gatesSchema>;
export type RetentionConfig = z.output<typeof retentionSchema>;
export type IdleConfig = z.output<typeof idleSchema>;
