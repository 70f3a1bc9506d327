import { z } from "zod";

import { servingCpuMachineTypes } from "../../catalog/machine-types";
import { count, cron, timeZone } from "./values";

/** Predictions for all rows of a table, once a period. */
export const batchSchema = z.strictObject({
  schedule: cron.describe("When it runs, as five cron fields; once more in a period that is done does nothing"),
  timeZone: timeZone.default("Etc/UTC").describe("Time zone of the schedule and of the periods"),
  period: z.enum(["day", "week", "month"]).default("day").describe("What it predicts once for; weeks begin on Monday"),
  input: z
    .string()
    .regex(
      /^\w{1,1024}\.\w{1,1024}$/,
      "must be dataset.table of the environment's project, such as churn_raw.customers",
    )
    .describe("BigQuery table or view, as dataset.table: every row is predicted for"),
  versionAlias: z.enum(["champion", "challenger"]).default("champion").describe("Version that predicts"),
  machineType: z
    .enum(servingCpuMachineTypes)
    .default("n1-standard-4")
    .describe("Machine type of a replica; batch predictions here run without accelerators"),
  startingReplicaCount: count(1, 1000).default(1).describe("Replicas it begins with"),
  maxReplicaCount: count(1, 1000).default(4).describe("Most replicas it scales to"),
});

export type BatchConfig = z.output<typeof batchSchema>;
