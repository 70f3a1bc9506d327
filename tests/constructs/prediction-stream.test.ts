import { PubsubSubscriptionIamMember } from "@cdktf/provider-google/lib/pubsub-subscription-iam-member";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";

import type { PlatformStack } from "../../constructs/platform-stack";
import { PredictionStream, type PredictionStreamProps } from "../../constructs/prediction-stream";
import { ServiceAccount } from "../../constructs/service-account";
import { Subscription } from "../../constructs/subscription";
import { Table } from "../../constructs/table";
import { bucket, dataset, encryptionKey, keyGrant, network, runner, scheduler, topic } from "../support/fixtures";
import { addressOf, templateOf, testStack } from "../support/template";

function predictions(stack: PlatformStack, changes: Partial<PredictionStreamProps> = {}): PredictionStream {
  const data = dataset(stack);
  const table = (id: string) =>
    new Table(stack, id, {
      dataset: data,
      tableId: id.toLowerCase(),
      description: id,
      columns: [{ name: "at", type: "TIMESTAMP", mode: "REQUIRED" }],
      partitionColumn: "at",
      encryptionKey,
    });
  const work = bucket(stack);
  return new PredictionStream(stack, "Stream", {
    jobName: "churn-propensity-stream",
    bucket: work,
    objectName: "propensity/stream.json",
    pipeline: "pipeline: ${not} {{ ours }}",
    subscription: new Subscription(stack, "Subscription", { subscriptionName: "churn-stream", topic: topic(stack) }),
    key: "user",
    window: { type: "sliding", hours: 336, periodHours: 24 },
    retentionDays: 16,
    features: [{ name: "events", function: "count" }],
    endpointId: "123456789",
    predictions: table("Predictions"),
    deadLetters: table("Dead"),
    serviceAccount: runner(stack),
    grants: [],
    temporaryBucket: work,
    network,
    encryptionKey,
    machineType: "n2-standard-2",
    maxWorkers: 3,
    ...changes,
  });
}

const template = templateOf((stack) => predictions(stack));
const objects = template.all(StorageBucketObject);
const byName = (pattern: RegExp) => objects.find(({ name }) => pattern.test(String(name)))!;
const start = JSON.parse(String(byName(/stream\.json$/)["content"])) as {
  launch: { parameters: Record<string, string>; environment: Record<string, unknown> };
  variables: Record<string, unknown>;
};

test("the pipeline is an object named by its content, in which Terraform evaluates nothing", () => {
  expect(objects).toHaveLength(2);
  expect(byName(/pipelines/)).toMatchObject({
    bucket: "acme-ml-dev-work",
    name: "pipelines/churn-propensity-stream-4fcf7f743566.yaml",
    content: "pipeline: $${not} {{ ours }}",
  });
});

test("what the job is started with is the request of Dataflow's API and the variables of the pipeline", () => {
  expect(start).toEqual({
    subscription: expect.stringMatching(/google_pubsub_subscription/) as unknown,
    windowHours: 336,
    periodHours: 24,
    readableHours: 384,
    launch: {
      jobName: "churn-propensity-stream",
      containerSpecGcsPath: "gs://dataflow-templates-europe-west4/latest/flex/Yaml_Template",
      parameters: {
        yaml_pipeline_file: `gs://acme-ml-dev-work/${String(byName(/pipelines/)["name"])}`,
      },
      environment: {
        serviceAccountEmail: "churn-runner@acme-ml-dev.iam.gserviceaccount.com",
        subnetwork: "regions/europe-west4/subnetworks/platform",
        ipConfiguration: "WORKER_IP_PRIVATE",
        kmsKeyName: encryptionKey.keyId,
        tempLocation: "gs://acme-ml-dev-work/temp",
        stagingLocation: "gs://acme-ml-dev-work/staging",
        machineType: "n2-standard-2",
        launcherMachineType: "n1-standard-1",
        numWorkers: 1,
        maxWorkers: 3,
        enableStreamingEngine: true,
        additionalUserLabels: {},
      },
    },
    variables: {
      subscription: expect.stringMatching(/google_pubsub_subscription/) as unknown,
      timestamp_attribute: "",
      key: "user",
      id: "",
      windowing: { type: "sliding", size: "336h", period: "24h" },
      features: [{ name: "events", function: "count" }],
      project: "acme-ml-dev",
      location: "europe-west4",
      endpoint: "123456789",
      predictions: expect.stringMatching(/^acme-ml-dev\./) as unknown,
      dead_letters: expect.stringMatching(/^acme-ml-dev\./) as unknown,
    },
  });
});

test("it is an output too, since plans hide the content of objects", () => {
  const [output] = template.outputs;
  expect(output).toMatchObject({ description: "Predictions over a stream in propensity/stream.json" });
  expect((output!["value"] as typeof start).launch).toEqual(start.launch);
});

test("the object waits for the pipeline, the key's grants, and what the workers need", () => {
  const { depends_on } = templateOf((stack) => {
    const worker = new ServiceAccount(stack, "Worker", { accountId: "churn-worker", description: "Workers" });
    predictions(stack, { serviceAccount: worker, grants: [worker.grantOnProject("roles/dataflow.worker")] });
  })
    .all(StorageBucketObject)
    .find(({ name }) => name === "propensity/stream.json")!;
  expect(depends_on).toEqual([
    addressOf(StorageBucketObject),
    keyGrant.fqn,
    expect.stringMatching(/project_iam_member/),
  ]);
});

test("fixed windows have no period, and are read again with the one before them", () => {
  const fixed = templateOf((stack) =>
    predictions(stack, { window: { type: "fixed", hours: 168 }, id: "event_id", timestampAttribute: "event_time" }),
  ).all(StorageBucketObject);
  const content = JSON.parse(String(fixed.find(({ name }) => name === "propensity/stream.json")!["content"])) as object;
  expect(content).toMatchObject({
    windowHours: 168,
    periodHours: 168,
    variables: { windowing: { type: "fixed", size: "168h" }, id: "event_id", timestamp_attribute: "event_time" },
  });
});

test("who starts and drains the job may act as its account and read its subscription back", () => {
  const operated = templateOf((stack) => {
    const worker = new ServiceAccount(stack, "Worker", { accountId: "churn-worker", description: "Workers" });
    predictions(stack, { serviceAccount: worker }).grantOperate(scheduler(stack));
  });
  expect(operated.only(ServiceAccountIamMember)).toMatchObject({ role: "roles/iam.serviceAccountUser" });
  expect(operated.only(PubsubSubscriptionIamMember)).toMatchObject({
    role: "roles/pubsub.subscriber",
    member: "serviceAccount:churn-scheduler@acme-ml-dev.iam.gserviceaccount.com",
  });
});

test.each([
  [{ window: { type: "fixed", hours: 337 } }, "'hours' must be from 1 to 336, got 337"],
  [{ maxWorkers: 0 }, "'maxWorkers' must be from 1 to 1000, got 0"],
  [{ retentionDays: 14 }, "'retentionDays' must be from 15 to 31, got 14"],
] as [Partial<PredictionStreamProps>, string][])("%j is refused", (changes, message) => {
  expect(() => predictions(testStack(), changes)).toThrow(message);
});
