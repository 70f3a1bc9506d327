import { CloudSchedulerJob } from "@cdktf/provider-google/lib/cloud-scheduler-job";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { App } from "cdktf";

import { PlatformStack } from "../../constructs/platform-stack";
import { ScheduledPipeline, type ScheduledPipelineProps } from "../../constructs/scheduled-pipeline";
import { bucket, encryptionKey, keyGrant, runner, scheduler } from "../support/fixtures";
import { addressOf, environment, Template } from "../support/template";

const specification = {
  pipelineInfo: { name: "churn-training" },
  schemaVersion: "2.1.0",
  deploymentSpec: {
    executors: {
      train: { container: { image: "trainer:1", args: ["--epochs"] } },
      report: { container: { image: "report:1" } },
      importer: {},
    },
  },
};

interface HttpTarget {
  readonly body: string;
}

const make = (changes: Partial<ScheduledPipelineProps> = {}) => {
  class LabelledStack extends PlatformStack {}
  const stack = new LabelledStack(new App(), "test", { environment, labels: { "cost-center": "ml" } });
  const root = bucket(stack);
  const account = runner(stack);
  new ScheduledPipeline(stack, "Training", {
    pipelineName: "churn-training",
    specification,
    parameters: { epochs: 3, table: "churn.events" },
    schedule: "0 3 * * 1",
    timeZone: "Europe/Amsterdam",
    runner: account,
    scheduler: scheduler(stack),
    root,
    encryptionKey,
    grants: [root.grantWrite(account)],
    ...changes,
  });
  return Template.of(stack);
};
const job = (changes: Partial<ScheduledPipelineProps> = {}) => make(changes).only(CloudSchedulerJob);
const request = (changes: Partial<ScheduledPipelineProps> = {}) =>
  JSON.parse(make(changes).locals[0] as string) as Readonly<Record<string, unknown>>;

test("a pipeline is one schedule that posts a pipeline job to Vertex AI", () => {
  const template = make();
  expect(template.counts).toEqual({
    google_cloud_scheduler_job: 1,
    google_service_account_iam_member: 1,
    google_storage_bucket_iam_member: 1,
  });
  expect(template.only(CloudSchedulerJob)).toMatchObject({
    name: "churn-training",
    region: "europe-west4",
    description: "Starts the Vertex AI pipeline churn-training",
    schedule: "0 3 * * 1",
    time_zone: "Europe/Amsterdam",
    paused: false,
    attempt_deadline: "320s",
    retry_config: { retry_count: 3, min_backoff_duration: "10s", max_backoff_duration: "300s", max_doublings: 3 },
    http_target: {
      http_method: "POST",
      uri: "https://europe-west4-aiplatform.googleapis.com/v1/projects/acme-ml-dev/locations/europe-west4/pipelineJobs",
      headers: { "Content-Type": "application/json" },
      oauth_token: {
        service_account_email: "churn-scheduler@acme-ml-dev.iam.gserviceaccount.com",
        scope: "https://www.googleapis.com/auth/cloud-platform",
      },
    },
  });
});

test("the schedule waits until it may act as the runner, for the key, and for what a run needs", () => {
  const template = make();
  expect(template.only(CloudSchedulerJob)["depends_on"]).toEqual([
    addressOf(ServiceAccountIamMember),
    keyGrant.fqn,
    addressOf(StorageBucketIamMember),
  ]);
  expect(template.only(ServiceAccountIamMember)).toEqual({
    service_account_id: "projects/acme-ml-dev/serviceAccounts/churn-runner@acme-ml-dev.iam.gserviceaccount.com",
    role: "roles/iam.serviceAccountUser",
    member: "serviceAccount:churn-scheduler@acme-ml-dev.iam.gserviceaccount.com",
  });
});

test("the request runs the specification as the runner, encrypted, labelled, below the pipeline's own folder", () => {
  expect((job()["http_target"] as HttpTarget).body).toMatch(/^\$\{base64encode\(local\.Training_Request_\w+\)\}$/);
  expect(request()).toEqual({
    displayName: "churn-training",
    labels: { "cost-center": "ml", pipeline: "churn-training" },
    serviceAccount: "churn-runner@acme-ml-dev.iam.gserviceaccount.com",
    encryptionSpec: { kmsKeyName: encryptionKey.keyId },
    pipelineSpec: specification,
    runtimeConfig: {
      gcsOutputDirectory: "gs://acme-ml-dev-work/churn-training",
      parameterValues: { epochs: 3, table: "churn.events" },
    },
  });
});

test("an executor can get another image, and keeps the rest", () => {
  expect(request({ images: { train: "trainer@sha256:0123" } })).toMatchObject({
    pipelineSpec: {
      deploymentSpec: {
        executors: {
          train: { container: { image: "trainer@sha256:0123", args: ["--epochs"] } },
          report: { container: { image: "report:1" } },
          importer: {},
        },
      },
    },
  });
});

test("an image for an executor that the specification does not have is refused", () => {
  expect(() => request({ images: { trian: "trainer@sha256:0123" } })).toThrow(
    "'images' must name executors (train, report, importer), got 'trian'",
  );
});

test("a schedule can be paused", () => {
  expect(job({ paused: true })).toMatchObject({ paused: true });
});

test("what Terraform would read as an expression reaches the request as it is written", () => {
  const container = { image: "trainer:1", command: ["sh", "-c", 'exec "$0" "$@" ${HOME} %{x} \\ \r\n', null] };
  const quoted = { ...specification, deploymentSpec: { executors: { train: { container } } } };
  const escaped = JSON.stringify(container)
    .replace("${", () => "$${")
    .replace("%{", "%%{");
  expect(request({ specification: quoted })).toMatchObject({
    pipelineSpec: { deploymentSpec: { executors: { train: { container: JSON.parse(escaped) as unknown } } } },
  });
});
