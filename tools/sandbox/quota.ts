import type { CloudResource, CloudView } from "./cloud";
import type { ProjectNumbers } from "./project";
import { isList, isObject, text, type Value, type ValueObject } from "./values/value";

/*
 * How serving uses up the accelerators that Cloud Quotas granted. Nothing here is taken from the blueprint's catalogue, so that a
 * mistake there shows. Source of ids and metrics: vertex-ai-samples, model_garden notebook_util/common_util.py; that the maximum of
 * replicas counts, not the replicas that run: https://cloud.google.com/vertex-ai/docs/quotas#serving
 */

/** Part of the quota's id, and end of the metric's name, by accelerator. */
const quotas: Readonly<Record<string, readonly [infix: string, metric: string]>> = {
  NVIDIA_TESLA_T4: ["T4GPUs", "nvidia_t4_gpus"],
  NVIDIA_TESLA_V100: ["V100GPUs", "nvidia_v100_gpus"],
  NVIDIA_TESLA_P100: ["P100GPUs", "nvidia_p100_gpus"],
  NVIDIA_TESLA_P4: ["P4GPUs", "nvidia_p4_gpus"],
  NVIDIA_TESLA_A100: ["A100GPUs", "nvidia_a100_gpus"],
  NVIDIA_A100_80GB: ["A10080GBGPUs", "nvidia_a100_80gb_gpus"],
  NVIDIA_L4: ["L4GPUs", "nvidia_l4_gpus"],
  NVIDIA_H100_80GB: ["H100GPUs", "nvidia_h100_gpus"],
  NVIDIA_H100_MEGA_80GB: ["H100MEGAGPUs", "nvidia_h100_mega_gpus"],
  NVIDIA_H200_141GB: ["H200GPUs", "nvidia_h200_gpus"],
  NVIDIA_B200: ["B200GPUs", "nvidia_b200_gpus"],
  NVIDIA_GB200: ["GB200GPUs", "nvidia_gb200_gpus"],
  NVIDIA_RTX_PRO_6000: ["RTXPRO6000GPUs", "nvidia_rtx_pro_6000_gpus"],
  TPU_V5_LITEPOD: ["V5ETPU", "tpu_v5e"],
  TPU_V6E: ["V6ETPU", "tpu_v6e"],
  TPU_7X: ["7XTPU", "tpu7x"],
};

/** Machine types that are TPUs themselves, by their beginning; the number before the last letter says how many chips. */
const tpuMachines: Readonly<Record<string, string>> = {
  "ct5lp-hightpu-": "TPU_V5_LITEPOD",
  "ct6e-standard-": "TPU_V6E",
  "tpu7x-standard-": "TPU_7X",
};

/** Accelerators that something may use at once. */
export interface Demand {
  readonly accelerator: string;
  readonly amount: number;
  readonly spot: boolean;
}

/** Where accelerators are counted: each project has a quota of its own in each region. */
export interface QuotaPlace {
  readonly project: string;
  readonly region: string;
}

/**
 * What `dedicatedResources` may use at its maximum of replicas; `undefined` where that is no accelerator.
 * @param resources in Terraform's names, blocks as lists: `machine_spec`, `min_replica_count`, `max_replica_count`, `spot`
 */
export function servingDemand(resources: ValueObject): Demand | undefined {
  const machine = firstOf(resources["machine_spec"]) ?? {};
  const replicas = (name: string) => Number(resources[name] ?? 0);
  const minimum = Math.max(replicas("min_replica_count"), 1);
  const spot = resources["spot"] === true;
  const type = text(machine, "machine_type") ?? "";
  const tpu = Object.entries(tpuMachines).find(([beginning]) => type.startsWith(beginning))?.[1];
  if (tpu !== undefined) {
    // TPUs do not scale: Google ignores the maximum.
    return { accelerator: tpu, amount: Number(/(\d+)t$/.exec(type)?.[1] ?? 1) * minimum, spot };
  }
  const accelerator = text(machine, "accelerator_type");
  const count = Number(machine["accelerator_count"] ?? 0);
  const maximum = Math.max(replicas("max_replica_count"), minimum);
  return accelerator === undefined || count === 0 ? undefined : { accelerator, amount: count * maximum, spot };
}

/**
 * Google's error where a demand does not fit into what is left of the quota; `undefined` where it does. What nobody asked for in a
 * quota preference is not granted: how much Google gives to a new project is not known.
 * @param besides id of a resource that does not count, because the demand replaces it
 * @param underway what is being deployed, and counts already
 */
export function quotaExceeded(
  { accelerator, amount, spot }: Demand,
  place: QuotaPlace,
  { cloud, numbers }: { readonly cloud: CloudView; readonly numbers: ProjectNumbers },
  { besides, underway = [] }: { readonly besides?: string; readonly underway?: readonly Demand[] } = {},
): { readonly message: string; readonly quotaId: string; readonly granted: number; readonly used: number } | undefined {
  const quota = quotas[accelerator];
  if (quota === undefined) {
    return undefined;
  }
  const [infix, metric] = quota;
  const quotaId = `CustomModelServing${spot ? "Preemptible" : ""}${infix}PerProjectPerRegion`;
  const granted = grantedQuota(quotaId, place, cloud, numbers);
  const used = [...servingDemands(place, cloud, besides), ...underway]
    .filter((demand) => demand.accelerator === accelerator && demand.spot === spot)
    .reduce((sum, demand) => sum + demand.amount, 0);
  const name = `custom_model_serving${spot ? "_preemptible" : ""}_${metric}`;
  return used + amount <= granted
    ? undefined
    : {
        message: `The following quota metrics exceed quota limits: aiplatform.googleapis.com/${name}`,
        quotaId,
        granted,
        used,
      };
}

function grantedQuota(quotaId: string, place: QuotaPlace, cloud: CloudView, numbers: ProjectNumbers): number {
  const preference = cloud.list("google_cloud_quotas_quota_preference").find(({ values }) => {
    const parent = text(values, "parent")?.replace(/^projects\//, "") ?? "";
    const dimensions = values["dimensions"];
    const region = isObject(dimensions) ? text(dimensions, "region") : undefined;
    return (
      numbers.idOf(parent) === place.project &&
      values["quota_id"] === quotaId &&
      (region ?? place.region) === place.region
    );
  });
  return Number(firstOf(preference?.values["quota_config"])?.["granted_value"] ?? 0);
}

/** What is reserved in a region: pools, models that Terraform deployed, and models that were deployed to endpoints since. */
function servingDemands(place: QuotaPlace, cloud: CloudView, besides: string | undefined): Demand[] {
  const here = ({ id, values }: CloudResource) =>
    id !== besides && values["project"] === place.project && (values["region"] ?? values["location"]) === place.region;
  const of = (type: string) => cloud.list(type).filter(here);
  const reserved = [
    ...of("google_vertex_ai_deployment_resource_pool").map(({ values }) => values["dedicated_resources"]),
    ...of("google_vertex_ai_endpoint_with_model_garden_deployment").map(
      ({ values }) => firstOf(values["deploy_config"])?.["dedicated_resources"],
    ),
    ...of("google_vertex_ai_endpoint")
      .flatMap(({ values }) => objectsIn(values["deployed_models"]))
      .map((model) => model["dedicated_resources"]),
  ];
  return reserved
    .flatMap(objectsIn)
    .map(servingDemand)
    .filter((demand) => demand !== undefined);
}

function objectsIn(value: Value | undefined): ValueObject[] {
  return isList(value) ? value.filter(isObject) : isObject(value) ? [value] : [];
}

function firstOf(value: Value | undefined): ValueObject | undefined {
  return objectsIn(value)[0];
}
