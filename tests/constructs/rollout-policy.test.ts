import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";

import { RolloutPolicy, type RolloutPolicyProps } from "../../constructs/rollout-policy";
import { bucket } from "../support/fixtures";
import { templateOf } from "../support/template";

const policy = {
  replicas: {
    machineType: "n1-standard-4",
    acceleratorType: "NVIDIA_TESLA_T4",
    acceleratorCount: 1,
    minReplicaCount: 1,
    maxReplicaCount: 3,
    autoscalingMetricSpecs: [
      { metricName: "aiplatform.googleapis.com/prediction/online/accelerator/duty_cycle", target: 70 },
    ],
    serviceAccount: "churn-predictor@acme-ml-dev.iam.gserviceaccount.com",
  },
  stages: [
    { share: 10, holdMinutes: 60, minimumSamples: 500, approval: false },
    { share: 100, holdMinutes: 60, minimumSamples: 500, approval: true },
  ],
  watchMinutes: 5,
  looks: 5,
  limits: { serverErrorRatio: 0.01, latencyP95Milliseconds: 200, minimumSamples: 100 },
  comparison: { errorRate: 0.05, serverErrorTolerance: 0.01, latencyRatio: 1.25 },
  deadlineMinutes: 120,
  onInconclusive: "pause",
  onNoData: "pause",
  approvers: ["group:owners@acme.example"],
  approvalMinutes: 1440,
  onApprovalExpired: "rollback",
  onNewerVersion: "refuse",
  bakeMinutes: 120,
  gates: {
    metrics: { auRoc: { better: "higher", tolerance: 0.005, limit: 0.75 } },
    slices: { country: { metric: "auRoc", largestGap: 0.05 } },
    dataValidation: true,
    explanation: false,
    approval: { minutes: 60 },
  },
  retention: { versions: 10, days: 90 },
  idle: { hours: 24, action: "report" },
} satisfies Partial<RolloutPolicyProps>;
const endpoint = "projects/acme-ml-dev/locations/europe-west4/endpoints/123456789";
const model = "projects/acme-ml-dev/locations/europe-west4/models/churn-propensity";

const template = templateOf(
  (stack) =>
    new RolloutPolicy(stack, "Rollout", {
      bucket: bucket(stack),
      objectName: "rollouts/propensity.json",
      endpointName: endpoint,
      modelName: model,
      ...policy,
    }),
);

test("a policy is one JSON object in the bucket, which a rollout reads", () => {
  expect(template.counts).toEqual({ google_storage_bucket_object: 1 });
  const { content, ...rest } = template.only(StorageBucketObject);
  expect(rest).toEqual({
    bucket: "acme-ml-dev-work",
    name: "rollouts/propensity.json",
    content_type: "application/json",
  });
  expect(JSON.parse(content as string)).toEqual({ endpoint, model, ...policy, criticalValue: 2.344 });
});

test("the same policy is an output, since plans hide the content of objects", () => {
  expect(template.outputs).toEqual([
    {
      value: { endpoint, model, ...policy, criticalValue: 2.344 },
      description: "Rollout policy in rollouts/propensity.json",
    },
  ]);
});

const withPolicy = (changes: Partial<RolloutPolicyProps>) =>
  templateOf(
    (stack) =>
      new RolloutPolicy(stack, "Rollout", {
        bucket: bucket(stack),
        objectName: "propensity.json",
        endpointName: endpoint,
        modelName: model,
        ...policy,
        ...changes,
      }),
  );
const stage = (share: number) => ({ share, holdMinutes: 60, minimumSamples: 500, approval: false });

test("the smallest policy is one stage, without accelerators and approvers", () => {
  const small = withPolicy({
    replicas: { machineType: "n1-standard-2", minReplicaCount: 1, maxReplicaCount: 1, serviceAccount: "a@b" },
    stages: [stage(100)],
    approvers: [],
    bakeMinutes: 0,
  });
  expect(JSON.parse(small.only(StorageBucketObject)["content"] as string)).toMatchObject({
    replicas: { machineType: "n1-standard-2", minReplicaCount: 1, maxReplicaCount: 1, serviceAccount: "a@b" },
    stages: [stage(100)],
    approvers: [],
    bakeMinutes: 0,
  });
});

test("a business metric shares the error rate with the errors, so that each needs a clearer difference", () => {
  const business = {
    query: "SELECT 1",
    better: "higher",
    tolerance: 0.01,
    minimumUnits: 500,
    fromShare: 50,
  } as const;
  const { criticalValue } = JSON.parse(withPolicy({ business }).only(StorageBucketObject)["content"] as string) as {
    criticalValue: number;
  };
  expect(criticalValue).toBe(2.626);
});

test.each([
  [[10, 50], "10, 50"],
  [[50, 10, 100], "50, 10, 100"],
  [[50, 50, 100], "50, 50, 100"],
  [[0, 100], "0, 100"],
  [[], "none"],
])("stages of %j are refused", (shares, got) => {
  expect(() => withPolicy({ stages: shares.map(stage) })).toThrow(
    `Rollout: the share of 'stages' must grow to 100, got ${got}`,
  );
});

test("a minimum of replicas above the maximum is refused", () => {
  expect(() => withPolicy({ replicas: { ...policy.replicas, minReplicaCount: 4 } })).toThrow(
    "Rollout: 'replicas.minReplicaCount' must be from 1 to 3, got 4",
  );
});

test("a limit in percent is refused", () => {
  expect(() => withPolicy({ limits: { ...policy.limits, serverErrorRatio: 2 } })).toThrow(
    "Rollout: 'limits.serverErrorRatio' must be from 0 to 1, got 2",
  );
});
