import { GoogleDataflowFlexTemplateJob } from "@cdktf/provider-google-beta/lib/google-dataflow-flex-template-job";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";

import { Network } from "../../constructs/network";
import type { PlatformStack } from "../../constructs/platform-stack";
import { StreamingJob, type StreamingJobProps } from "../../constructs/streaming-job";
import { bucket, encryptionKey, keyGrant, network, runner } from "../support/fixtures";
import { addressOf, templateOf } from "../support/template";

const make = (stack: PlatformStack, { serviceAccount = runner(stack), ...changes }: Partial<StreamingJobProps> = {}) =>
  new StreamingJob(stack, "Archive", {
    jobName: "churn-archive",
    template: "Cloud_PubSub_to_Avro_Flex",
    parameters: { windowDuration: "5m" },
    serviceAccount,
    grants: [],
    temporaryBucket: bucket(stack),
    network,
    encryptionKey,
    ...changes,
  });
const job = (changes: Partial<StreamingJobProps> = {}) =>
  templateOf((stack) => make(stack, changes)).only(GoogleDataflowFlexTemplateJob);

test("a job runs Google's template on up to two private workers, is encrypted, and drains when destroyed", () => {
  expect(job()).toEqual({
    provider: "google-beta",
    project: "acme-ml-dev",
    name: "churn-archive",
    region: "europe-west4",
    container_spec_gcs_path: "gs://dataflow-templates-europe-west4/latest/flex/Cloud_PubSub_to_Avro_Flex",
    parameters: { windowDuration: "5m" },
    service_account_email: "churn-runner@acme-ml-dev.iam.gserviceaccount.com",
    subnetwork: "regions/europe-west4/subnetworks/platform",
    ip_configuration: "WORKER_IP_PRIVATE",
    machine_type: "n2-standard-2",
    launcher_machine_type: "n1-standard-1",
    num_workers: 1,
    max_workers: 2,
    autoscaling_algorithm: "THROUGHPUT_BASED",
    enable_streaming_engine: true,
    kms_key_name: encryptionKey.keyId,
    temp_location: "gs://acme-ml-dev-work/temp",
    staging_location: "gs://acme-ml-dev-work/staging",
    on_delete: "drain",
    skip_wait_on_job_termination: false,
    depends_on: [keyGrant.fqn],
  });
});

test("a job is all there is: its account gets what it needs from whoever makes the job", () => {
  expect(templateOf((stack) => make(stack)).counts).toEqual({ google_dataflow_flex_template_job: 1 });
});

test("workers can be larger, and more", () => {
  expect(job({ machineType: "n2-standard-8", maxWorkers: 20 })).toMatchObject({
    machine_type: "n2-standard-8",
    max_workers: 20,
  });
});

test("a job waits for the grants of its workers", () => {
  const template = templateOf((stack) => {
    const serviceAccount = runner(stack);
    make(stack, { serviceAccount, grants: [serviceAccount.grantOnProject("roles/dataflow.worker")] });
  });
  expect(template.only(GoogleDataflowFlexTemplateJob)).toMatchObject({
    depends_on: [keyGrant.fqn, addressOf(ProjectIamMember)],
  });
});

test.each([0, 1001])("%i workers are refused", (maxWorkers) => {
  expect(() => job({ maxWorkers })).toThrow(
    new Error(`test/Archive: 'maxWorkers' must be from 1 to 1000, got ${maxWorkers}`),
  );
});

test("the subnet of a network of the same stack is named without its project as well", () => {
  const template = templateOf((stack) =>
    make(stack, {
      network: new Network(stack, "Network", { networkName: "own", subnetCidr: "10.0.0.0/20", dependsOn: [] }),
    }),
  );
  expect(template.only(GoogleDataflowFlexTemplateJob)["subnetwork"]).toMatch(/^regions\//);
});
