import { z } from "zod";

import { accelerators } from "../../catalog/accelerators";
import { dataflowTemplates } from "../../catalog/dataflow-templates";
import { regions } from "../../catalog/regions";
import { servingMachineTypes } from "../../catalog/machine-types";
import { autoscalingSchema } from "./autoscaling";
import { batchSchema } from "./batch";
import { experimentSchema } from "./experiments";
import { gatesSchema, idleSchema, retentionSchema } from "./gates";
import { predictionStreamSchema } from "./prediction-stream";
import { rolloutSchema } from "./rollout";
import {
  computeMachineType,
  count,
  cron,
  email,
  file,
  type FileReader,
  labels,
  name,
  owner,
  principal,
  projectId,
  ratio,
  timeZone,
} from "./values";

const callers = z.array(principal).default([]).describe("Who may call it");

const stream = (read: FileReader) =>
  z.strictObject({
    schema: file(read).describe("AVRO schema of the messages; the raw table has its columns"),
    retentionDays: count(1, 31).default(7).describe("Days for which messages can be replayed"),
    maxDeliveryAttempts: count(5, 100)
      .default(10)
      .describe("Deliveries after which a message goes to the dead letter topic"),
    partitionExpirationDays: count(1, 3650)
      .optional()
      .describe("Days after which raw rows are deleted; kept forever when absent"),
    persistenceRegions: z
      .array(z.enum(regions))
      .default([])
      .describe("Regions besides the environment's own in which Pub/Sub may store messages"),
    publishers: z.array(principal).default([]).describe("Who may publish messages"),
  });

const job = z.strictObject({
  template: z
    .enum(Object.keys(dataflowTemplates) as [keyof typeof dataflowTemplates])
    .describe("Google's Dataflow template"),
  stream: name(20).describe("Stream whose messages it reads"),
  parameters: z
    .record(z.string(), z.string())
    .default({})
    .describe("Parameters of the template besides those the blueprint sets itself"),
  machineType: computeMachineType.default("n2-standard-2").describe("Compute Engine machine type of the workers"),
  maxWorkers: count(1, 1000).default(2).describe("Most workers it scales to"),
});

const pipeline = (read: FileReader) =>
  z.strictObject({
    specification: file(read).describe("Compiled KFP pipeline specification (PipelineSpec), JSON or YAML"),
    schedule: cron.describe("When it runs, as five cron fields"),
    timeZone: timeZone.default("Etc/UTC").describe("Time zone of the schedule, such as Europe/Amsterdam"),
    paused: z.boolean().default(false).describe("Keeps the schedule but does not run it"),
    parameters: z.record(z.string(), z.json()).default({}).describe("Values of the pipeline's parameters"),
    images: z
      .record(
        z.string(),
        z
          .string()
          .regex(
            /^[a-z0-9][a-z0-9._/-]*@sha256:[0-9a-f]{64}$/,
            "must be an image by digest, such as trainer@sha256:<64 hex digits>",
          ),
      )
      .default({})
      .describe(
        "Images of executors, by executor name, in the environment's repository; others stay as in the specification",
      ),
  });

const model = (read: FileReader) =>
  z.strictObject({
    machineType: z.enum(servingMachineTypes).default("n1-standard-2").describe("Machine type of a replica"),
    acceleratorType: z.enum(accelerators).optional().describe("Accelerator of a replica"),
    acceleratorCount: count(1, 16).optional().describe("Accelerators of a replica; 1 where only the type is given"),
    minReplicaCount: count(1, 1000).default(1).describe("Replicas that always run and are always billed"),
    maxReplicaCount: count(1, 1000).default(2).describe("Most replicas it scales to; quota is charged for all of them"),
    autoscaling: autoscalingSchema,
    requestLogging: z
      .strictObject({
        samplingRate: ratio.default(0.1).describe("Share of requests and responses that are logged to BigQuery"),
      })
      .prefault({}),
    callers,
    privateServiceConnect: z
      .strictObject({
        projects: z.array(projectId).default([]).describe("Projects besides the environment's that may connect to it"),
      })
      .optional()
      .describe(
        "Answers in the networks of these projects, without IAM, instead of at an address of its own on the internet, with IAM",
      ),
    explanations: z
      .strictObject({
        instances: z
          .array(z.json())
          .min(1)
          .max(100)
          .describe("Instances that a new version must explain before it gets traffic"),
      })
      .optional()
      .describe("Feature attributions on request: every version has an explanation specification, and it works"),
    objective: z
      .strictObject({
        availability: z
          .number()
          .min(0.0001)
          .max(0.9999)
          .default(0.995)
          .describe("Share of requests that must not fail with 5xx"),
        rollingDays: count(1, 30).default(28).describe("Days over which the share is measured"),
      })
      .prefault({}),
    registrars: z
      .array(principal)
      .optional()
      .describe("Who may register versions besides the team's pipelines; the team's owners when absent"),
    gates: gatesSchema,
    retention: retentionSchema,
    rollout: rolloutSchema(read),
    idle: idleSchema,
    batch: batchSchema.optional().describe("Predictions for all rows of a table, once a period"),
    stream: predictionStreamSchema.optional().describe("Predictions over windows of a stream, saved to BigQuery"),
  });

const service = z.strictObject({
  image: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9._/-]*@sha256:[0-9a-f]{64}$/,
      "must be an image by digest, such as scoring@sha256:<64 hex digits>",
    )
    .describe("Image in the environment's repository"),
  revision: name(20).describe(
    "Name of the revision that the image is deployed as; change it with every change of the service",
  ),
  traffic: z
    .record(name(20), count(0, 100))
    .describe(
      "Percent of traffic by revision, summing to 100: a canary is two entries. A revision must have been deployed before",
    ),
  cpu: z.enum(["1", "2", "4", "8"]).default("1").describe("vCPUs of an instance"),
  memory: z
    .string()
    .regex(/^[0-9]+(Mi|Gi)$/, "must be memory with a unit, such as 512Mi or 2Gi")
    .default("512Mi"),
  minInstanceCount: count(0, 1000).default(0).describe("Instances that always run and are always billed"),
  maxInstanceCount: count(1, 1000).default(4).describe("Most instances it scales to"),
  callers,
});

/** `teams/<name>/team.yaml`: what a team runs on the platform. `read` resolves the files it names. */
export const teamSchema = (read: FileReader) =>
  z.strictObject({
    description: z.string().min(1).max(256).describe("What the team's models are for, in one sentence"),
    owners: owner.describe("Group that owns the team's resources"),
    contactEmail: email.describe("Receives the team's alerts"),
    labels: labels.describe("Labels of every resource of the team"),
    ingestion: z
      .strictObject({
        streams: z.record(name(20), stream(read)).default({}).describe("Streams of messages, by name"),
        jobs: z.record(name(20), job).default({}).describe("Dataflow streaming jobs, by name"),
        landing: z
          .strictObject({
            prefix: z
              .string()
              .regex(/^[^/]/, "must not begin with a slash: names of objects do not")
              .default("in/")
              .describe("Objects below it are announced on the landing topic"),
            deleteAfterDays: count(1, 3650).default(90).describe("Days after which landed objects are deleted"),
            writers: z.array(principal).default([]).describe("Who may put objects there"),
          })
          .prefault({}),
      })
      .prefault({}),
    pipelines: z.record(name(20), pipeline(read)).default({}).describe("Scheduled Vertex AI pipelines, by name"),
    serving: z
      .strictObject({
        models: z.record(name(20), model(read)).default({}).describe("Models served by Vertex AI endpoints, by name"),
        services: z.record(name(20), service).default({}).describe("Predictors served by Cloud Run, by name"),
      })
      .prefault({}),
    experiments: z
      .record(name(20), experimentSchema(read))
      .default({})
      .describe("Comparisons of services and models by what became of those they answered for, by name"),
    monitoring: z
      .strictObject({
        oldestMessageMinutes: count(1, 1440)
          .default(10)
          .describe("Age of the oldest unread message that raises an alert"),
        silentMinutes: count(5, 1410).default(60).describe("Minutes without a prediction that raise an alert"),
      })
      .prefault({}),
  });

/** A team's settings in one environment, checked and complete, with the files it names. */
export type TeamConfig = z.output<ReturnType<typeof teamSchema>>;

export type StreamConfig = TeamConfig["ingestion"]["streams"][string];
export type JobConfig = TeamConfig["ingestion"]["jobs"][string];
export type PipelineConfig = TeamConfig["pipelines"][string];
export type ModelConfig = TeamConfig["serving"]["models"][string];
export type ServiceConfig = TeamConfig["serving"]["services"][string];
