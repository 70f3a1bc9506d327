import { z } from "zod";

import { accelerators } from "../../catalog/accelerators";
import { servingMachineTypes, servingTpus } from "../../catalog/machine-types";
import { count, cron, timeZone } from "./values";

/** Chips of TPUs serve online only. */
const machineTypes = servingMachineTypes.filter((type) => !Object.hasOwn(servingTpus, type));

const landing = z.strictObject({
  prefix: z
    .string()
    .regex(/^[^/*][^*]*\/$/, "must be a folder such as crm/subscribers/{period}/, without '*'")
    .describe("Folder of the landing bucket; {period} stands for the key of the period, such as 2026-03-01"),
  format: z.enum(["jsonl", "csv", "tf-record", "tf-record-gzip"]).default("jsonl").describe("Format of the objects"),
});

/** Predictions for all rows of a table, or all objects of a folder, once a period. */
export const batchSchema = z
  .strictObject({
    schedule: cron.describe("When it runs, as five cron fields; once more in a period that is done does nothing"),
    timeZone: timeZone
      .default("Etc/UTC")
      .describe("Time zone of the schedule and of the periods; hours are those of UTC"),
    period: z
      .enum(["hour", "day", "week", "month"])
      .default("day")
      .describe("What it predicts once for; weeks begin on Monday"),
    input: z
      .string()
      .regex(
        /^\w{1,1024}\.\w{1,1024}$/,
        "must be dataset.table of the environment's project, such as churn_raw.customers",
      )
      .optional()
      .describe("BigQuery table or view, as dataset.table: every row is predicted for"),
    landing: landing.optional().describe("Instead of a table, objects that the team's landing bucket has"),
    versionAlias: z.enum(["champion", "challenger"]).default("champion").describe("Version that predicts"),
    machineType: z.enum(machineTypes).default("n1-standard-4").describe("Machine type of a replica"),
    acceleratorType: z.enum(accelerators).optional().describe("Accelerator of a replica"),
    acceleratorCount: count(1, 16).optional().describe("Accelerators of a replica; 1 where only the type is given"),
    startingReplicaCount: count(1, 1000).default(1).describe("Replicas it begins with"),
    maxReplicaCount: count(1, 1000)
      .default(4)
      .describe("Most replicas it scales to; with an accelerator all of them count towards the quota of serving"),
  })
  .refine(({ input, landing: objects }) => (input === undefined) !== (objects === undefined), {
    error: "must have 'input' (a table) or 'landing' (objects), one of the two",
  });

export type BatchConfig = z.output<typeof batchSchema>;
