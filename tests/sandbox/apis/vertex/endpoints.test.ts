import { Acme, endpoint, endpointId, numbered, refusal, region } from "../support/acme";

const path = `endpoints/${endpointId}`;

let acme: Acme;

beforeEach(async () => {
  acme = new Acme();
  await acme.upload({}, "champion");
  await acme.upload({}, "challenger");
});

const read = async () => (await acme.vertex("GET", path)).body as Record<string, unknown> & { etag: string };

describe("reading", () => {
  test("an endpoint is what Terraform made, named with the project's number", async () => {
    const expected = { name: `${numbered}/endpoints/${endpointId}`, displayName: "churn", labels: { team: "churn" } };

    expect(await read()).toMatchObject(expected);
    expect((await acme.vertex("GET", "endpoints")).body).toMatchObject({ endpoints: [expected] });
  });

  test("a project may be named by its number", async () => {
    const url = `https://europe-west4-aiplatform.googleapis.com/v1/${numbered}/${path}`;

    expect((await acme.call("GET", url)).status).toBe(200);
  });

  test.each([
    [
      `https://europe-west4-aiplatform.googleapis.com/v1/${region}/endpoints/2`,
      `404 NOT_FOUND Endpoint \`${numbered}/endpoints/2\` not found.`,
    ],
    [
      `https://us-central1-aiplatform.googleapis.com/v1/${endpoint}`,
      "400 INVALID_ARGUMENT List of found errors:\t1.Field: name; Message: The provided location ID doesn't match the endpoint. " +
        "For a list of available locations, see https://cloud.google.com/vertex-ai/docs/general/locations.\t",
    ],
    [
      "https://europe-west4-aiplatform.googleapis.com/v1/projects/other/locations/europe-west4/endpoints",
      "403 PERMISSION_DENIED Vertex AI API has not been used in project other before or it is disabled. Enable it by visiting " +
        "https://console.developers.google.com/apis/api/aiplatform.googleapis.com/overview?project=other then retry. If you " +
        "enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.",
    ],
  ])("%s is refused", async (url, message) => {
    expect(refusal(await acme.call("GET", url))).toBe(message);
  });
});

describe("traffic split", () => {
  beforeEach(async () => {
    await acme.deploy("11", "champion", { "0": 100 });
    await acme.deploy("22", "challenger");
  });

  test("a patch replaces the whole split, and Terraform sees it", async () => {
    const answer = await acme.split({ "11": 90, "22": 10 });

    expect(answer.body).toMatchObject({ trafficSplit: { "11": 90, "22": 10 } });
    expect(acme.cloud.get("google_vertex_ai_endpoint", endpoint)!.values["traffic_split"]).toBe('{"11":90,"22":10}');
  });

  test("models without traffic are not in the split", async () => {
    await acme.split({ "11": 100, "22": 0 });

    expect((await read())["trafficSplit"]).toEqual({ "11": 100 });
  });

  test("an empty split is allowed: the endpoint takes no traffic", async () => {
    expect((await acme.split({})).status).toBe(200);
    expect(await read()).not.toHaveProperty("trafficSplit");
  });

  test.each([
    [
      { "11": 90, "22": 20 },
      '400 INVALID_ARGUMENT The traffic percentages of \'traffic_split\' must be at least 0 and sum to 100, got {"11":90,"22":20}.',
    ],
    [{ "11": 90, "33": 10 }, "400 INVALID_ARGUMENT The following DeployedModel ID(s) [33] do not exist."],
    [{ "11": 90, "0": 10 }, "400 INVALID_ARGUMENT The following DeployedModel ID(s) [0] do not exist."],
  ])("%j is refused and changes nothing", async (split, message) => {
    const before = await read();

    expect(refusal(await acme.split(split as Record<string, number>))).toBe(message);
    expect(await read()).toEqual(before);
  });

  test("a patch needs a mask, and unknown fields are refused", async () => {
    expect(refusal(await acme.vertex("PATCH", path, { trafficSplit: {} }))).toBe(
      "400 INVALID_ARGUMENT Required field is not set: 'update_mask'",
    );
    expect(refusal(await acme.vertex("PATCH", `${path}?updateMask=trafficSplit`, { traficSplit: {} }))).toBe(
      '400 INVALID_ARGUMENT Invalid JSON payload received. Unknown name "traficSplit": Cannot find field.',
    );
  });

  test("a patch with an etag that is no longer the endpoint's is refused; with the current one, or none, it is not", async () => {
    const { etag } = await read();
    await acme.split({ "11": 50, "22": 50 });
    const patch = async (body: object) => acme.vertex("PATCH", `${path}?updateMask=trafficSplit`, body);
    const current = (await read()).etag;

    expect(refusal(await patch({ trafficSplit: { "11": 100 }, etag }))).toBe(
      `409 ABORTED Specified Endpoint \`etag\`: \`${etag}\` does not match server \`etag\`: \`${current}\``,
    );
    expect((await patch({ trafficSplit: { "11": 100 }, etag: current })).status).toBe(200);
    expect((await patch({ trafficSplit: { "11": 100 } })).status).toBe(200);
  });

  test("labels are set beside the split, in one call", async () => {
    const body = { trafficSplit: { "22": 100 }, labels: { team: "churn", rollout: "r1" } };
    await acme.vertex("PATCH", `${path}?updateMask=trafficSplit,labels`, body);

    expect(await read()).toMatchObject(body);
    expect(acme.cloud.get("google_vertex_ai_endpoint", endpoint)!.values["labels"]).toEqual({ team: "churn" });
  });
});

describe("deployModel", () => {
  const resources = { machineSpec: { machineType: "n1-standard-4" }, minReplicaCount: 1 };
  const l4 = { machineType: "g2-standard-4", acceleratorType: "NVIDIA_L4", acceleratorCount: 1 };
  const deploy = async (deployedModel: object, trafficSplit = {}) =>
    acme.vertex("POST", `${path}:deployModel`, {
      deployedModel: { model: `${region}/models/churn@champion`, dedicatedResources: resources, ...deployedModel },
      trafficSplit,
    });

  test("takes ten minutes, and then the model is there, dark", async () => {
    const { body } = await deploy({ id: "11" });
    acme.clock.pass(9);

    expect(body).toMatchObject({ name: expect.stringMatching(`^${numbered}/${path}/operations/`) as string });
    expect(body).not.toHaveProperty("done");
    expect(await read()).not.toHaveProperty("deployedModels");
    acme.clock.pass(1);
    expect(await read()).toMatchObject({
      deployedModels: [
        {
          id: "11",
          model: `${numbered}/models/churn`,
          modelVersionId: "1",
          displayName: "churn",
          dedicatedResources: { minReplicaCount: 1, maxReplicaCount: 1 },
        },
      ],
    });
    expect(await read()).not.toHaveProperty("trafficSplit");
  });

  test("the key 0 of the split is the model that is deployed", async () => {
    await acme.finish(await deploy({ id: "11" }, { "0": 100 }));
    await acme.finish(await deploy({ id: "22" }, { "0": 10, "11": 90 }));

    expect(await read()).toMatchObject({ trafficSplit: { "11": 90, "22": 10 } });
  });

  test("Terraform sees what is deployed, in its own words", async () => {
    await acme.finish(
      await deploy({ id: "11", dedicatedResources: { machineSpec: l4, minReplicaCount: 1, maxReplicaCount: 2 } }),
    );

    expect(acme.cloud.get("google_vertex_ai_endpoint", endpoint)!.values["deployed_models"]).toEqual([
      {
        id: "11",
        model: `${numbered}/models/churn`,
        model_version_id: "1",
        display_name: "churn",
        create_time: expect.any(String) as string,
        service_account: "",
        shared_resources: "",
        enable_access_logging: false,
        enable_container_logging: true,
        private_endpoints: [],
        automatic_resources: [],
        dedicated_resources: [
          {
            min_replica_count: 1,
            max_replica_count: 2,
            machine_spec: [{ machine_type: "g2-standard-4", accelerator_type: "NVIDIA_L4", accelerator_count: 1 }],
            autoscaling_metric_specs: [],
          },
        ],
      },
    ]);
  });

  test.each([
    [{ id: "0" }, {}, "400 INVALID_ARGUMENT 'deployed_model.id' must be 1-10 characters of [0-9] and not 0, got '0'."],
    [
      { id: "12345678901" },
      {},
      "400 INVALID_ARGUMENT 'deployed_model.id' must be 1-10 characters of [0-9] and not 0, got '12345678901'.",
    ],
    [{ model: `${region}/models/none` }, {}, `404 NOT_FOUND Model \`${numbered}/models/none\` not found.`],
    [
      { model: `${region}/models/churn@7` },
      {},
      `404 NOT_FOUND Model version or alias \`7\` of \`${numbered}/models/churn\` not found.`,
    ],
    [
      { serviceAccount: "none@acme.iam.gserviceaccount.com" },
      {},
      "400 INVALID_ARGUMENT Service account none@acme.iam.gserviceaccount.com does not exist.",
    ],
    [
      {},
      { "0": 50 },
      "400 INVALID_ARGUMENT The traffic percentages of 'traffic_split' must be at least 0 and sum to 100, got {\"0\":50}.",
    ],
    [
      { dedicatedResources: { ...resources, minReplicaCount: 3, maxReplicaCount: 2 } },
      {},
      "400 INVALID_ARGUMENT 'min_replica_count' must be at least 1 and at most 'max_replica_count', got 3 and 2.",
    ],
    [
      { automaticResources: {} },
      {},
      "400 INVALID_ARGUMENT One of 'dedicated_resources', 'automatic_resources' and 'shared_resources' of 'deployed_model' must be set.",
    ],
  ])("%j with %j is refused", async (deployedModel, split, message) => {
    expect(refusal(await deploy(deployedModel, split))).toBe(message);
  });

  test("an id is taken from the moment its deployment starts", async () => {
    await deploy({ id: "11" });
    const second = await deploy({ id: "11" });
    acme.clock.pass(10);

    expect(refusal(second)).toBe("409 ALREADY_EXISTS DeployedModel ID 11 already exists on the Endpoint.");
    expect(refusal(await deploy({ id: "11" }))).toBe(
      "409 ALREADY_EXISTS DeployedModel ID 11 already exists on the Endpoint.",
    );
  });

  test("accelerators are counted at the most replicas, also those still being deployed", async () => {
    const two = { machineSpec: l4, minReplicaCount: 1, maxReplicaCount: 2 };
    await deploy({ id: "11", dedicatedResources: two });
    const exceeded =
      "429 RESOURCE_EXHAUSTED The following quota metrics exceed quota limits: aiplatform.googleapis.com/custom_model_serving_nvidia_l4_gpus";

    expect(refusal(await deploy({ id: "22", dedicatedResources: two }))).toBe(exceeded);
    acme.clock.pass(10);
    expect(refusal(await deploy({ id: "22", dedicatedResources: two }))).toBe(exceeded);
    expect((await deploy({ id: "22", dedicatedResources: { machineSpec: l4, minReplicaCount: 1 } })).status).toBe(200);
  });

  test("what Terraform set aside counts as well, and Spot machines do not", async () => {
    const resources = (replicas: number) => [
      {
        machine_spec: [{ machine_type: "g2-standard-4", accelerator_type: "NVIDIA_L4", accelerator_count: 1 }],
        min_replica_count: 1,
        max_replica_count: replicas,
      },
    ];
    acme.cloud.put({
      type: "google_vertex_ai_deployment_resource_pool",
      id: `${region}/deploymentResourcePools/shared`,
      values: { project: "acme", region: "europe-west4", dedicated_resources: resources(2) },
    });
    const two = { machineSpec: l4, minReplicaCount: 1, maxReplicaCount: 2 };
    const exceeded = (name: string) =>
      `429 RESOURCE_EXHAUSTED The following quota metrics exceed quota limits: aiplatform.googleapis.com/custom_model_serving_${name}`;

    expect(refusal(await deploy({ dedicatedResources: two }))).toBe(exceeded("nvidia_l4_gpus"));
    expect(refusal(await deploy({ dedicatedResources: { ...two, spot: true } }))).toBe(
      exceeded("preemptible_nvidia_l4_gpus"),
    );
    const [quota] = acme.cloud.list("google_cloud_quotas_quota_preference");
    const spot = "CustomModelServingPreemptibleL4GPUsPerProjectPerRegion";
    acme.cloud.put({ ...quota!, id: `${quota!.id}-spot`, values: { ...quota!.values, quota_id: spot } });
    expect((await deploy({ dedicatedResources: { ...two, spot: true } })).status).toBe(200);
    acme.clock.pass(10);
    expect((await deploy({ dedicatedResources: { ...two, maxReplicaCount: 1 } })).status).toBe(200);
  });

  test("machines that are TPUs count by their chips", async () => {
    const machineSpec = { machineType: "ct5lp-hightpu-4t", tpuTopology: "2x2" };

    expect(refusal(await deploy({ dedicatedResources: { machineSpec, minReplicaCount: 1 } }))).toBe(
      "429 RESOURCE_EXHAUSTED The following quota metrics exceed quota limits: aiplatform.googleapis.com/custom_model_serving_tpu_v5e",
    );
  });

  test("an accelerator without a quota preference cannot be had", async () => {
    const machineSpec = { machineType: "n1-standard-4", acceleratorType: "NVIDIA_TESLA_T4", acceleratorCount: 1 };

    expect(refusal(await deploy({ dedicatedResources: { machineSpec, minReplicaCount: 1 } }))).toBe(
      "429 RESOURCE_EXHAUSTED The following quota metrics exceed quota limits: aiplatform.googleapis.com/custom_model_serving_nvidia_t4_gpus",
    );
  });

  describe("targets of the autoscaling", () => {
    const online = "aiplatform.googleapis.com/prediction/online";
    const scaled = async (...autoscalingMetricSpecs: object[]) =>
      deploy({ id: "11", dedicatedResources: { ...resources, maxReplicaCount: 3, autoscalingMetricSpecs } });

    test("are kept, and Terraform sees them, 60 where none is given", async () => {
      const specs = [
        { metricName: `${online}/cpu/utilization`, target: 80 },
        { metricName: `${online}/accelerator/duty_cycle`, target: 0 },
        { metricName: `${online}/request_count`, target: 6000 },
      ];
      await acme.finish(await scaled(...specs));

      expect(await read()).toMatchObject({
        deployedModels: [
          {
            dedicatedResources: {
              autoscalingMetricSpecs: [specs[0], { metricName: `${online}/accelerator/duty_cycle` }, specs[2]],
            },
          },
        ],
      });
      expect(acme.cloud.get("google_vertex_ai_endpoint", endpoint)!.values["deployed_models"]).toMatchObject([
        {
          dedicated_resources: [
            {
              autoscaling_metric_specs: [
                { metric_name: `${online}/cpu/utilization`, target: 80 },
                { metric_name: `${online}/accelerator/duty_cycle`, target: 60 },
                { metric_name: `${online}/request_count`, target: 6000 },
              ],
            },
          ],
        },
      ]);
    });

    test.each([
      [
        [{ metricName: "cpu/utilization", target: 80 }],
        "400 INVALID_ARGUMENT 'deployed_model.dedicated_resources.autoscaling_metric_specs' must name supported metrics " +
          `(${online}/cpu/utilization, ${online}/accelerator/duty_cycle, ${online}/request_count), got 'cpu/utilization'.`,
      ],
      [
        [70, 80].map((target) => ({ metricName: `${online}/cpu/utilization`, target })),
        "400 INVALID_ARGUMENT 'deployed_model.dedicated_resources.autoscaling_metric_specs' must have at most one entry a metric, " +
          `got '${online}/cpu/utilization' twice.`,
      ],
      [
        [{ metricName: `${online}/accelerator/duty_cycle`, target: 101 }],
        `400 INVALID_ARGUMENT 'target' of '${online}/accelerator/duty_cycle' in ` +
          "'deployed_model.dedicated_resources.autoscaling_metric_specs' must be from 1 to 100, got 101.",
      ],
      [
        [{ metricName: `${online}/request_count`, target: -1 }],
        `400 INVALID_ARGUMENT 'target' of '${online}/request_count' in ` +
          "'deployed_model.dedicated_resources.autoscaling_metric_specs' must be from 1 to 2147483647, got -1.",
      ],
      [
        [{ target: 80 }],
        "400 INVALID_ARGUMENT Required field is not set: 'deployedModel.dedicatedResources.autoscalingMetricSpecs.0.metricName'",
      ],
    ])("%j are refused", async (specs, message) => {
      expect(refusal(await scaled(...specs))).toBe(message);
    });
  });

  test("the endpoint's key must still be usable by the service agent", async () => {
    const key = "projects/acme/locations/europe-west4/keyRings/platform/cryptoKeys/data";
    const made = acme.cloud.get("google_vertex_ai_endpoint", endpoint)!;
    acme.cloud.put({ ...made, values: { ...made.values, encryption_spec: [{ kms_key_name: key }] } });
    const agent = "serviceAccount:service-123456789012@gcp-sa-aiplatform.iam.gserviceaccount.com";
    const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

    expect(refusal(await deploy({ id: "11" }))).toBe(
      `400 FAILED_PRECONDITION Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource '${key}' (or it may not exist).`,
    );
    acme.cloud.put({ type: "google_kms_crypto_key", id: key, values: {} });
    acme.cloud.put({ type: "google_kms_crypto_key_iam_member", id: `${key}/${role}/${agent}`, values: {} });
    expect((await deploy({ id: "11" })).status).toBe(200);
  });
});

describe("undeployModel", () => {
  const undeploy = async (deployedModelId: string, trafficSplit?: object) =>
    acme.vertex("POST", `${path}:undeployModel`, { deployedModelId, ...(trafficSplit && { trafficSplit }) });

  beforeEach(async () => {
    await acme.deploy("11", "champion", { "0": 100 });
    await acme.deploy("22", "challenger");
  });

  test("a model without traffic goes", async () => {
    expect(await acme.finish(await undeploy("22"))).toMatchObject({ done: true, response: {} });
    expect(await read()).toMatchObject({ deployedModels: [{ id: "11" }], trafficSplit: { "11": 100 } });
  });

  test("a model with traffic stays, unless the call takes its traffic away", async () => {
    expect(refusal(await undeploy("11"))).toBe(
      `400 FAILED_PRECONDITION DeployedModel 11 of Endpoint ${numbered}/${path} has traffic assigned to it: unassign it in ` +
        "'traffic_split' to undeploy the model.",
    );
    await acme.finish(await undeploy("11", { "22": 100 }));
    expect(await read()).toMatchObject({ deployedModels: [{ id: "22" }], trafficSplit: { "22": 100 } });
  });

  test("the last model takes the split with it", async () => {
    await acme.finish(await undeploy("22"));
    await acme.finish(await undeploy("11"));

    expect(await read()).not.toHaveProperty("deployedModels");
    expect(await read()).not.toHaveProperty("trafficSplit");
    expect(acme.cloud.get("google_vertex_ai_endpoint", endpoint)!.values).toMatchObject({
      deployed_models: [],
      traffic_split: "",
    });
  });

  test.each([
    ["33", undefined, "404 NOT_FOUND The following DeployedModel ID(s) [33] do not exist."],
    ["22", { "0": 100 }, "400 INVALID_ARGUMENT The following DeployedModel ID(s) [0] do not exist."],
  ])("%s with %j is refused", async (id, split, message) => {
    expect(refusal(await undeploy(id, split))).toBe(message);
  });
});

describe("mutateDeployedModel", () => {
  beforeEach(async () => {
    await acme.deploy("11", "champion", { "0": 100 });
  });

  const mutate = async (dedicatedResources: object, updateMask: string) =>
    acme.vertex("POST", `${path}:mutateDeployedModel`, {
      deployedModel: { id: "11", dedicatedResources: { machineSpec: {}, ...dedicatedResources } },
      updateMask,
    });

  test("changes replicas, and only those that the mask names", async () => {
    await acme.finish(await mutate({ minReplicaCount: 2, maxReplicaCount: 4 }, "dedicatedResources.maxReplicaCount"));

    expect(await read()).toMatchObject({
      deployedModels: [
        {
          dedicatedResources: { machineSpec: { machineType: "n1-standard-4" }, minReplicaCount: 1, maxReplicaCount: 4 },
        },
      ],
      trafficSplit: { "11": 100 },
    });
  });

  test("changes the targets of the autoscaling, within the same bounds", async () => {
    const scaled = (target: number) =>
      mutate(
        {
          minReplicaCount: 1,
          autoscalingMetricSpecs: [
            { metricName: "aiplatform.googleapis.com/prediction/online/cpu/utilization", target },
          ],
        },
        "dedicatedResources.autoscalingMetricSpecs",
      );
    await acme.finish(await scaled(40));

    expect(await read()).toMatchObject({
      deployedModels: [{ dedicatedResources: { autoscalingMetricSpecs: [{ target: 40 }] } }],
    });
    expect(refusal(await scaled(-5))).toContain("must be from 1 to 100, got -5.");
  });

  test("other fields cannot be changed", async () => {
    expect(refusal(await mutate({ minReplicaCount: 2 }, "dedicatedResources.machineSpec"))).toContain(
      "400 INVALID_ARGUMENT The sandbox does not update 'dedicatedResources.machineSpec': update_mask may name",
    );
  });

  test("more replicas must be within the quota as well", async () => {
    const machineSpec = { machineType: "g2-standard-4", acceleratorType: "NVIDIA_L4", acceleratorCount: 1 };
    const deployedModel = {
      id: "33",
      model: `${region}/models/churn`,
      dedicatedResources: { machineSpec, minReplicaCount: 1 },
    };
    await acme.finish(await acme.vertex("POST", `${path}:deployModel`, { deployedModel }));
    const grow = async (maxReplicaCount: number) =>
      acme.vertex("POST", `${path}:mutateDeployedModel`, {
        deployedModel: { id: "33", dedicatedResources: { machineSpec: {}, minReplicaCount: 1, maxReplicaCount } },
        updateMask: "dedicatedResources.maxReplicaCount",
      });

    expect(refusal(await grow(4))).toBe(
      "429 RESOURCE_EXHAUSTED The following quota metrics exceed quota limits: aiplatform.googleapis.com/custom_model_serving_nvidia_l4_gpus",
    );
    expect((await grow(3)).status).toBe(200);
  });
});
