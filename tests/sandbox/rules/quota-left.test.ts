import type { CloudResource } from "../../../tools/sandbox/cloud";
import { quotaExceeded, servingDemand } from "../../../tools/sandbox/quota";
import { quotaLeft } from "../../../tools/sandbox/rules/quota-left";
import type { ValueObject } from "../../../tools/sandbox/values/value";
import { creation, deletion, worldOf } from "../support/world";

const region = "europe-west4";

function granted(value: string, quota_id = "CustomModelServingL4GPUsPerProjectPerRegion"): CloudResource {
  return {
    type: "google_cloud_quotas_quota_preference",
    id: `projects/123456789012/locations/global/quotaPreferences/${quota_id}`,
    values: {
      parent: "projects/123456789012",
      service: "aiplatform.googleapis.com",
      quota_id,
      dimensions: { region },
      quota_config: [{ preferred_value: "9", granted_value: value }],
    },
  };
}

const l4s = (max_replica_count: number, more: ValueObject = {}): ValueObject => ({
  machine_spec: [{ machine_type: "g2-standard-24", accelerator_type: "NVIDIA_L4", accelerator_count: 2 }],
  min_replica_count: 1,
  max_replica_count,
  ...more,
});
const id = "projects/acme/locations/europe-west4/deploymentResourcePools/shared";
const pool = (max: number, more?: ValueObject) =>
  creation("google_vertex_ai_deployment_resource_pool", id, {
    project: "acme",
    region,
    dedicated_resources: [l4s(max, more)],
  });
/** An endpoint with one model that uses four L4 at most. */
const endpoint: CloudResource = {
  type: "google_vertex_ai_endpoint",
  id: "projects/acme/locations/europe-west4/endpoints/123456789",
  values: {
    project: "acme",
    region,
    location: region,
    deployed_models: [{ id: "1", dedicated_resources: [l4s(2)] }],
  },
};

test("replicas at their maximum need the quota, together with what is deployed already", () => {
  expect(quotaLeft.check(pool(2), worldOf(granted("7"), endpoint))).toEqual({
    error:
      "Error creating DeploymentResourcePool: googleapi: Error 429: The following quota metrics exceed quota limits: " +
      "aiplatform.googleapis.com/custom_model_serving_nvidia_l4_gpus",
    remedy:
      "4 NVIDIA_L4 are asked for at the maximum of replicas, and of the 7 that 'CustomModelServingL4GPUsPerProjectPerRegion' " +
      "grants in europe-west4 4 are taken: ask for more with a google_cloud_quotas_quota_preference, or lower max_replica_count.",
  });
  expect(quotaLeft.check(pool(2), worldOf(granted("8"), endpoint))).toBeUndefined();
});

test("what nobody asked for is not granted, and Spot has a quota of its own", () => {
  expect(quotaLeft.check(pool(1), worldOf())?.remedy).toContain("of the 0 that");
  expect(quotaLeft.check(pool(1, { spot: true }), worldOf(granted("8")))?.error).toContain(
    "custom_model_serving_preemptible_nvidia_l4_gpus",
  );
  const spot = granted("2", "CustomModelServingPreemptibleL4GPUsPerProjectPerRegion");
  expect(quotaLeft.check(pool(1, { spot: true }), worldOf(spot, endpoint))).toBeUndefined();
});

test("machines without accelerators, other regions and deletions need none", () => {
  const cpus = { machine_spec: [{ machine_type: "n1-standard-4" }], min_replica_count: 1, max_replica_count: 9 };
  const elsewhere = { ...endpoint, values: { ...endpoint.values, region: "us-central1" } };

  expect(
    quotaLeft.check(
      creation("google_vertex_ai_deployment_resource_pool", id, { region, dedicated_resources: [cpus] }),
      worldOf(),
    ),
  ).toBeUndefined();
  expect(quotaLeft.check(pool(1), worldOf(granted("2"), elsewhere))).toBeUndefined();
  expect(quotaLeft.check(deletion(pool(1).type, id, pool(1).args), worldOf())).toBeUndefined();
});

test("a model from the garden is counted as well", () => {
  const change = creation("google_vertex_ai_endpoint_with_model_garden_deployment", "x", {
    location: region,
    deploy_config: [{ dedicated_resources: [l4s(1)] }],
  });

  expect(quotaLeft.check(change, worldOf(granted("1")))?.error).toContain("custom_model_serving_nvidia_l4_gpus");
  expect(quotaLeft.check(change, worldOf(granted("2")))).toBeUndefined();
});

test.each<[string, ValueObject, object | undefined]>([
  ["accelerators of all replicas", l4s(3), { accelerator: "NVIDIA_L4", amount: 6, spot: false }],
  [
    "no maximum, which means the minimum",
    { ...l4s(0), min_replica_count: 2 },
    { accelerator: "NVIDIA_L4", amount: 4, spot: false },
  ],
  [
    "TPUs, which do not scale",
    { machine_spec: [{ machine_type: "ct5lp-hightpu-4t" }], min_replica_count: 2, max_replica_count: 9 },
    { accelerator: "TPU_V5_LITEPOD", amount: 8, spot: false },
  ],
  ["none", { machine_spec: [{ machine_type: "n1-standard-4" }] }, undefined],
])("the demand is that of %s", (_, resources, demand) => {
  expect(servingDemand(resources)).toEqual(demand);
});

test("what a demand replaces does not count against it", () => {
  const demand = { accelerator: "NVIDIA_L4", amount: 4, spot: false };
  const world = worldOf(granted("4"), endpoint);

  expect(quotaExceeded(demand, { project: "acme", region }, world)).toMatchObject({ granted: 4, used: 4 });
  expect(quotaExceeded(demand, { project: "acme", region }, world, { besides: endpoint.id })).toBeUndefined();
});
