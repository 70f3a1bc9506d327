import { z } from "zod";

import { count, file, type FileReader, principal, ratio } from "./values";

const stage = z.strictObject({
  share: count(1, 100).describe("Percent of traffic that the new version gets"),
  holdMinutes: count(10, 20_160).describe("Minutes for which the stage is watched before the next"),
  minimumSamples: count(1, 1_000_000_000)
    .default(1000)
    .describe("Requests to the new version below which no verdict is made"),
  approval: z
    .boolean()
    .optional()
    .describe("Asks an approver before the stage begins; when absent, the last stage asks where there are approvers"),
});

const limits = z.strictObject({
  serverErrorRatio: ratio
    .default(0.02)
    .describe(
      "Share of 5xx responses above which the rollout is rolled back, once the answers show it by more than chance explains",
    ),
  latencyP95Milliseconds: count(1, 600_000)
    .default(500)
    .describe("95th percentile of the latency above which it is rolled back, in the same way"),
  latencyP99Milliseconds: count(1, 600_000)
    .optional()
    .describe(
      "99th percentile of the latency above which it is rolled back, in the same way; not looked at when absent",
    ),
  minimumSamples: count(20, 1_000_000)
    .default(100)
    .describe("Requests to the new version below which no limit acts, however bad they are"),
});

const comparison = z.strictObject({
  errorRate: z
    .number()
    .min(0.001)
    .max(0.2)
    .default(0.05)
    .describe(
      "Chance that a version as good as the old one, and within the limits, is rolled back over all looks of all stages; a fifth is the limits', the rest the comparisons'",
    ),
  serverErrorTolerance: z
    .number()
    .min(0.0001)
    .max(1)
    .default(0.01)
    .describe("How much larger the new version's share of 5xx responses may be, such as 0.01 for one point"),
  latencyRatio: z
    .number()
    .min(1)
    .max(100)
    .default(1.25)
    .describe("How many times the old version's 95th percentile of the latency the new version's may be"),
});

const business = (read: FileReader) =>
  z.strictObject({
    query: file(read).describe(
      "BigQuery query with a row per version: deployed_model_id, units, mean and variance of the metric per unit; it gets @start, @end, @champion and @challenger",
    ),
    better: z.enum(["higher", "lower"]).default("higher").describe("Which way is better"),
    tolerance: z.number().gt(0).describe("How much worse the new version's mean may be, in the metric's own unit"),
    minimumUnits: count(1, 1_000_000_000).default(1000).describe("Units per version below which no verdict is made"),
    fromShare: count(1, 99).default(50).describe("Stages with at least this share are judged by it"),
  });

/** How a new version of a model gets its traffic: what the rollout workflow reads as its policy. */
export const rolloutSchema = (read: FileReader) =>
  z
    .strictObject({
      stages: z
        .array(stage)
        .min(1)
        .max(10)
        .default([
          { share: 10, holdMinutes: 60, minimumSamples: 1000 },
          { share: 50, holdMinutes: 120, minimumSamples: 1000 },
          { share: 100, holdMinutes: 60, minimumSamples: 1000 },
        ])
        .describe("Steps of the traffic shift, the last with share 100"),
      watchMinutes: count(1, 60).default(5).describe("Minutes between two looks at the limits"),
      looks: count(1, 20).default(5).describe("Planned comparisons with the old version in a stage, evenly spread"),
      limits: limits.prefault({}),
      comparison: comparison.prefault({}),
      business: business(read).optional().describe("A metric of the business that both versions are compared by"),
      deadlineMinutes: count(0, 20_160)
        .default(120)
        .describe("Minutes after a stage's hold for which a verdict is waited for when there is none"),
      onInconclusive: z
        .enum(["pause", "rollback"])
        .default("pause")
        .describe("What happens at the deadline when the data does not decide; a paused rollout waits for an approver"),
      onNoData: z
        .enum(["pause", "rollback"])
        .default("pause")
        .describe("What happens at the deadline when there is no data; nothing ever passes for lack of data"),
      approvers: z
        .array(principal)
        .default([])
        .describe("Who may approve a stage, besides the team's owners; nobody is asked when empty"),
      approvalMinutes: count(10, 43_200)
        .default(1440)
        .describe("Minutes after which an approval that nobody gave expires"),
      onApprovalExpired: z
        .enum(["hold", "rollback"])
        .default("rollback")
        .describe("What happens then; 'hold' ends the rollout and leaves the split as it is"),
      onNewerVersion: z
        .enum(["refuse", "replace"])
        .default("refuse")
        .describe("What a rollout of a newer version does to one under way: waits its turn, or rolls it back first"),
      bakeMinutes: count(0, 43_200)
        .default(1440)
        .describe("Minutes for which the old version stays deployed after the last stage"),
    })
    .prefault({});

/** A team's rollout settings of one model, checked and complete. */
export type RolloutConfig = z.output<ReturnType<typeof rolloutSchema>>;
