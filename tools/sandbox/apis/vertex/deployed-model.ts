import { z } from "zod";

import { int32, message } from "../body";
import { ApiError } from "../error";

/** A target of 0 is none: protocol buffers do not tell the two apart. */
const metricSpec = z.strictObject({
  metricName: z.string(),
  target: int32.transform((target) => (target === 0 ? undefined : target)).optional(),
});

/** Most that the target of a metric may be. Source: message AutoscalingMetricSpec, machine_resources.proto; requests are no percentage. */
const largestTargets: Readonly<Record<string, number>> = {
  "aiplatform.googleapis.com/prediction/online/cpu/utilization": 100,
  "aiplatform.googleapis.com/prediction/online/accelerator/duty_cycle": 100,
  "aiplatform.googleapis.com/prediction/online/request_count": 2 ** 31 - 1,
};

const dedicatedResources = z.strictObject({
  machineSpec: z.strictObject({
    machineType: z.string().optional(),
    acceleratorType: z.string().optional(),
    acceleratorCount: int32.optional(),
    tpuTopology: z.string().optional(),
    reservationAffinity: message.optional(),
  }),
  minReplicaCount: int32,
  maxReplicaCount: int32.optional(),
  requiredReplicaCount: int32.optional(),
  autoscalingMetricSpecs: z.array(metricSpec).optional(),
  spot: z.boolean().optional(),
});

/** What a caller may say of a model that it deploys. Source: message DeployedModel, endpoint.proto */
export const deployedModelBody = z.strictObject({
  id: z.string().optional(),
  model: z.string(),
  displayName: z.string().optional(),
  dedicatedResources: dedicatedResources.optional(),
  automaticResources: z
    .strictObject({ minReplicaCount: int32.optional(), maxReplicaCount: int32.optional() })
    .optional(),
  sharedResources: z.string().optional(),
  explanationSpec: message.optional(),
  disableExplanations: z.boolean().optional(),
  serviceAccount: z.string().optional(),
  disableContainerLogging: z.boolean().optional(),
  enableAccessLogging: z.boolean().optional(),
  fasterDeploymentConfig: message.optional(),
});

type Body = z.infer<typeof deployedModelBody>;

/** A model on an endpoint, as Vertex AI answers. */
export type DeployedModel = Omit<Body, "dedicatedResources" | "automaticResources"> & {
  readonly id: string;
  readonly displayName: string;
  readonly modelVersionId: string;
  readonly createTime: string;
  readonly dedicatedResources?: Dedicated;
  readonly automaticResources?: { readonly minReplicaCount: number; readonly maxReplicaCount: number };
  readonly privateEndpoints?: { readonly serviceAttachment: string };
};

type Dedicated = NonNullable<Body["dedicatedResources"]> & { readonly maxReplicaCount: number };

/** Replicas as Vertex AI fills them in. Throws where the counts do not fit each other. */
export function resourcesOf({ dedicatedResources: dedicated, automaticResources: automatic, sharedResources }: Body): {
  dedicatedResources?: Dedicated;
  automaticResources?: { minReplicaCount: number; maxReplicaCount: number };
} {
  if ([dedicated, automatic, sharedResources].filter((given) => given !== undefined).length !== 1) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      "One of 'dedicated_resources', 'automatic_resources' and 'shared_resources' of 'deployed_model' must be set.",
    );
  }
  if (dedicated) {
    checkTargets(dedicated.autoscalingMetricSpecs ?? []);
    return { dedicatedResources: { ...dedicated, maxReplicaCount: replicaRange(dedicated) } };
  }
  if (!automatic) {
    return {};
  }
  const minReplicaCount = automatic.minReplicaCount ?? 1;
  return { automaticResources: { minReplicaCount, maxReplicaCount: replicaRange({ ...automatic, minReplicaCount }) } };
}

function replicaRange(resources: { minReplicaCount: number; maxReplicaCount?: number | undefined }): number {
  const { minReplicaCount, maxReplicaCount = Math.max(1, minReplicaCount) } = resources;
  if (minReplicaCount < 1 || maxReplicaCount < minReplicaCount) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      `'min_replica_count' must be at least 1 and at most 'max_replica_count', got ${minReplicaCount} and ${maxReplicaCount}.`,
    );
  }
  return maxReplicaCount;
}

function checkTargets(specs: readonly z.infer<typeof metricSpec>[]): void {
  const field = "'deployed_model.dedicated_resources.autoscaling_metric_specs'";
  for (const [index, { metricName, target = 60 }] of specs.entries()) {
    const largest = Object.hasOwn(largestTargets, metricName) ? largestTargets[metricName]! : undefined;
    if (largest === undefined) {
      const supported = Object.keys(largestTargets).join(", ");
      throw new ApiError(
        "INVALID_ARGUMENT",
        `${field} must name supported metrics (${supported}), got '${metricName}'.`,
      );
    }
    if (specs.findIndex((spec) => spec.metricName === metricName) < index) {
      throw new ApiError(
        "INVALID_ARGUMENT",
        `${field} must have at most one entry a metric, got '${metricName}' twice.`,
      );
    }
    if (target < 1 || target > largest) {
      throw new ApiError(
        "INVALID_ARGUMENT",
        `'target' of '${metricName}' in ${field} must be from 1 to ${largest}, got ${target}.`,
      );
    }
  }
}
