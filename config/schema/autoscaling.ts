import { z } from "zod";

import type { AutoscalingTarget } from "../../catalog/autoscaling-metrics";
import { count } from "./values";

const percent = count(1, 100).optional();

/** What the replicas of a model scale by, between their least and their most. */
export const autoscalingSchema = z
  .strictObject({
    cpuUtilization: percent.describe("Percent of its vCPUs that a replica should use; Vertex AI's own 60 when absent"),
    acceleratorDutyCycle: percent.describe(
      "Percent of the time that a replica's GPUs should be busy; Vertex AI's own 60 when absent",
    ),
    requestCountPerMinute: count(1, 1_000_000)
      .optional()
      .describe("Requests a minute that a replica should answer; does not count when absent"),
  } satisfies Record<AutoscalingTarget, z.ZodType>)
  .prefault({})
  .describe("Targets that replicas are added and taken away by; without effect where their least is their most");
