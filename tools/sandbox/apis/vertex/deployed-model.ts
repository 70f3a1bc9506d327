import { z } from "zod";

import { type Accelerator, acceleratorQuotaId, accelerators } from "../../../../catalog/accelerators";
import { isList, isObject, text, type Value } from "../../values/value";
import { int32, message } from "../body";
import type { Context } from "../context";
import { ApiError } from "../error";
import { Endpoint } from "./endpoint";
import type { Location } from "./names";
import { parentOf } from "./names";

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
  autoscalingMetricSpecs: z.array(z.strictObject({ metricName: z.string(), target: int32.optional() })).optional(),
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

type WithResources = Pick<DeployedModel, "dedicatedResources">;

/**
 * Refuses a deployment for which the region has too few accelerators, counted at the most replicas of everything that is deployed
 * or being deployed. The text is the one that issues quote; the quota is what the project's quota preference grants, else none.
 */
export function checkQuota(
  context: Context,
  location: Location,
  wanted: WithResources,
  pending: readonly WithResources[],
): void {
  const type = wanted.dedicatedResources?.machineSpec.acceleratorType;
  if (type === undefined || !isAccelerator(type)) {
    return;
  }
  const deployed = Endpoint.list(context, parentOf(location)).flatMap(({ deployedModels }) => deployedModels);
  const used = [...deployed, ...pending, wanted]
    .map(({ dedicatedResources: dedicated }) => dedicated)
    .filter((dedicated) => dedicated?.machineSpec.acceleratorType === type)
    .reduce((sum, dedicated) => sum + dedicated!.maxReplicaCount * (dedicated!.machineSpec.acceleratorCount ?? 1), 0);
  if (used > grantedQuota(context, location, acceleratorQuotaId("serving", type))) {
    throw new ApiError(
      "RESOURCE_EXHAUSTED",
      `The following quota metrics exceed quota limits: aiplatform.googleapis.com/${quotaMetric(type)}`,
    );
  }
}

function isAccelerator(type: string): type is Accelerator {
  return (accelerators as readonly string[]).includes(type);
}

/** `custom_model_serving_nvidia_l4_gpus` */
function quotaMetric(type: Accelerator): string {
  const name = type.toLowerCase().replace("tesla_", "");
  return `custom_model_serving_${name}${name.startsWith("nvidia") ? "_gpus" : ""}`;
}

function grantedQuota({ cloud, numbers }: Context, { project, region }: Location, quotaId: string): number {
  const preference = cloud.list("google_cloud_quotas_quota_preference").find(({ values }) => {
    const dimensions = values["dimensions"];
    const parent = text(values, "parent") ?? "";
    return (
      text(values, "quota_id") === quotaId &&
      numbers.idOf(parent.replace(/^projects\//, "")) === project &&
      isObject(dimensions) &&
      dimensions["region"] === region
    );
  });
  const blocks: Value | undefined = preference?.values["quota_config"];
  const config = isList(blocks) ? blocks[0] : blocks;
  return isObject(config) ? Number(config["granted_value"] ?? config["preferred_value"] ?? 0) : 0;
}
