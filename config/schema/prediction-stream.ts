import { z } from "zod";

import { computeMachineType, count, name } from "./values";

const column = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be a name of letters, digits and '_', not starting with a digit");

const featureName = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/,
    "must be lower-case letters and digits in words joined by one '_', starting with a letter",
  );

const feature = z.strictObject({
  function: z.enum(["count", "sum", "min", "max", "mean"]).describe("What is made of the messages of a window"),
  column: column
    .optional()
    .describe("Column it is made of, empty values left out; 'count' without a column counts messages"),
  equals: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .describe("Counts only messages with this value in the column"),
});

/** Predictions over windows of a stream, made by a Dataflow job that asks the model's endpoint. */
export const predictionStreamSchema = z.strictObject({
  stream: name(20).describe("Stream of the team whose messages are read"),
  key: column.describe("Column that tells apart what is predicted for, such as subscriber_id"),
  id: column
    .optional()
    .describe("Column with a unique id: a message that comes again within a day counts once; all count when absent"),
  timestampAttribute: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe("Attribute of messages with the time of the event, RFC 3339 in UTC; the time of publishing when absent"),
  window: z.strictObject({
    type: z
      .enum(["sliding", "fixed"])
      .describe("'sliding' windows overlap and one ends every periodHours, 'fixed' ones follow each other"),
    hours: count(1, 336).describe("Length of a window"),
    periodHours: count(1, 336).optional().describe("Hours between the ends of sliding windows; must divide hours"),
  }),
  features: z.record(featureName, feature).describe("What the model is given for a key and a window, by name"),
  partitionExpirationDays: count(1, 3650)
    .optional()
    .describe("Days after the end of a window after which its predictions are deleted; kept forever when absent"),
  machineType: computeMachineType.default("n2-standard-2").describe("Compute Engine machine type of the workers"),
  maxWorkers: count(1, 1000).default(2).describe("Most workers it scales to"),
});

export type PredictionStreamConfig = z.output<typeof predictionStreamSchema>;
