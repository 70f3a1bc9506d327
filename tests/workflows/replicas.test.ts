import { autoscalingMetricSpecs as specs } from "../../catalog/autoscaling-metrics";
import { limitLinesOf } from "../../constructs/limit-lines";
import { endpoint, policy, Stage } from "./support/stage";

const objects = "https://storage.googleapis.com/upload/storage/v1/b/acme-churn-rollouts/o";
const start = { model: "propensity", version: "challenger", actor: "anna" };

const { serviceAccount } = policy.replicas;

/** A stage on which replicas are of a shape, and what its workflows ask Vertex AI to deploy. */
function stageOf(shape: Record<string, unknown>) {
  const stage = new Stage({ replicas: { ...shape, serviceAccount } as typeof policy.replicas });
  const asked: unknown[] = [];
  stage.intercept = ({ request, proceed }) => {
    if (request.url.endsWith(":deployModel")) {
      const { deployedModel } = JSON.parse(String(request.body)) as { deployedModel: { dedicatedResources: unknown } };
      asked.push(deployedModel.dedicatedResources);
    }
    return proceed();
  };
  return { stage, asked };
}

test.each([
  [
    "a machine alone, which scales by Vertex AI's own targets",
    { machineType: "n1-standard-4", minReplicaCount: 1, maxReplicaCount: 2 },
    {
      machineSpec: { machineType: "n1-standard-4" },
      minReplicaCount: 1,
      maxReplicaCount: 2,
      autoscalingMetricSpecs: [],
    },
  ],
  [
    "GPUs by type and count, and the targets that are declared",
    {
      machineType: "g2-standard-24",
      acceleratorType: "NVIDIA_L4",
      acceleratorCount: 2,
      minReplicaCount: 1,
      maxReplicaCount: 1,
      autoscalingMetricSpecs: specs({ cpuUtilization: 80, acceleratorDutyCycle: 70 }),
    },
    {
      machineSpec: { machineType: "g2-standard-24", acceleratorType: "NVIDIA_L4", acceleratorCount: 2 },
      minReplicaCount: 1,
      maxReplicaCount: 1,
      autoscalingMetricSpecs: [
        { metricName: "aiplatform.googleapis.com/prediction/online/cpu/utilization", target: 80 },
        { metricName: "aiplatform.googleapis.com/prediction/online/accelerator/duty_cycle", target: 70 },
      ],
    },
  ],
])("a rollout asks for %s", async (_, shape, dedicatedResources) => {
  const { stage, asked } = stageOf(shape);
  await stage.register();

  expect(await stage.run("rollout", start)).toMatchObject({ result: { outcome: "done" } });
  expect(asked).toEqual([dedicatedResources]);
  expect(await stage.endpoint()).toMatchObject({
    deployedModels: [{ dedicatedResources: { machineSpec: dedicatedResources.machineSpec } }],
  });
});

test("changed replicas and targets come with the next version, and what serves keeps its own", async () => {
  const { stage, asked } = stageOf({ machineType: "n1-standard-4", minReplicaCount: 1, maxReplicaCount: 2 });
  await stage.serveFirst();
  const autoscalingMetricSpecs = specs({ requestCountPerMinute: 600 });
  const replicas = { machineType: "n1-standard-8", minReplicaCount: 2, maxReplicaCount: 3, autoscalingMetricSpecs };
  await stage.apis.handle({
    method: "POST",
    url: `${objects}?uploadType=media&name=propensity.json`,
    headers: { "content-type": "application/json" },
    body: { ...policy, limitLines: limitLinesOf(policy), replicas: { ...replicas, serviceAccount } },
  });
  const served = (await stage.endpoint()).deployedModels;
  await stage.clock.jump(60 * 60_000);
  expect((await stage.endpoint()).deployedModels).toEqual(served);

  stage.apis.traffic.set(endpoint, { rps: 20, errors: { "*": 0.005 } });
  expect(await stage.run("rollout", start)).toMatchObject({ result: { outcome: "done", version: "2" } });
  expect(asked[1]).toEqual({
    machineSpec: { machineType: "n1-standard-8" },
    minReplicaCount: 2,
    maxReplicaCount: 3,
    autoscalingMetricSpecs: [{ metricName: "aiplatform.googleapis.com/prediction/online/request_count", target: 600 }],
  });
});

describe("TPUs", () => {
  const tpus = (replicas: number) =>
    stageOf({ machineType: "ct5lp-hightpu-4t", minReplicaCount: replicas, maxReplicaCount: replicas });

  test("are asked for by the machine type alone, and a rollout on them ends when both versions fit the quota", async () => {
    const { stage, asked } = tpus(2);
    await stage.serveFirst();
    stage.apis.traffic.set(endpoint, { rps: 20, errors: { "*": 0.005 } });

    expect(await stage.run("rollout", start)).toMatchObject({ result: { outcome: "done", version: "2" } });
    expect(await stage.versions()).toEqual({ 2: 100 });
    const machine = { machineSpec: { machineType: "ct5lp-hightpu-4t" }, autoscalingMetricSpecs: [] };
    const one = { ...machine, minReplicaCount: 2, maxReplicaCount: 2 };
    expect(asked).toEqual([one, one]);
  });

  test("count by their chips: a second version that does not fit is not deployed", async () => {
    const { stage } = tpus(3);
    await stage.serveFirst();

    expect(await stage.run("rollout", start)).toMatchObject({
      result: {
        outcome: "rolled-back",
        reason:
          "the version could not be deployed: The following quota metrics exceed quota limits: " +
          "aiplatform.googleapis.com/custom_model_serving_tpu_v5e",
      },
    });
    expect(await stage.versions()).toEqual({ 1: 100 });
  });
});
