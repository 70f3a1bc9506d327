import { App } from "cdktf";

import { acknowledgementsOf } from "../../config/acknowledgements";
import type { PlatformConfig } from "../../config/platform";
import type { ModelConfig } from "../../config/schema/team";
import { acknowledge } from "../../policies/acknowledge";
import { makeStacks } from "../../stacks/platform";
import { checkStacks } from "../support/check-stacks";
import { repositoryPlatform, synthesise } from "../support/platform";

const types = (platform: PlatformConfig, stack: string) => synthesise(platform).get(stack)!.resource;

test("an environment has a bootstrap, a foundation and quotas, and five stacks for every team, six where it has experiments", () => {
  expect([...synthesise(repositoryPlatform()).keys()]).toEqual([
    "bootstrap",
    "foundation",
    "quotas",
    "churn-ingestion",
    "churn-pipelines",
    "churn-registry",
    "churn-serving",
    "churn-monitoring",
    "churn-experiments",
  ]);
});

test("an environment without teams has only what all share", () => {
  expect([...synthesise({ ...repositoryPlatform(), teams: {} }).keys()]).toEqual(["bootstrap", "foundation", "quotas"]);
});

test("a stack is deployed after those whose resources it names", () => {
  const stacks = [...makeStacks(new App(), repositoryPlatform())];
  const order = Object.fromEntries(
    stacks.map((stack) => [stack.node.id, stack.dependencies.map(({ node }) => node.id)]),
  );
  expect(order).toEqual({
    "sandbox-bootstrap": [],
    "sandbox-foundation": ["sandbox-bootstrap"],
    "sandbox-quotas": ["sandbox-foundation"],
    "sandbox-churn-ingestion": ["sandbox-foundation"],
    "sandbox-churn-pipelines": ["sandbox-churn-ingestion"],
    "sandbox-churn-registry": ["sandbox-churn-pipelines"],
    "sandbox-churn-serving": ["sandbox-churn-registry"],
    "sandbox-churn-monitoring": ["sandbox-foundation"],
    "sandbox-churn-experiments": ["sandbox-churn-serving"],
  });
});

test.each(["sandbox", "dev", "prod"])(
  "%s keeps every policy, but for what its settings say on purpose",
  (environment) => {
    const platform = repositoryPlatform(environment);
    const findings = checkStacks([...makeStacks(new App(), platform)]);
    expect(acknowledge(findings, acknowledgementsOf(platform.environment), "2026-01-01")).toEqual([]);
  },
);

test("prod protects what holds data or serves traffic, the sandbox does not", () => {
  const protections = (environment: string) => {
    const stacks = synthesise(repositoryPlatform(environment));
    const of = (stack: string, type: string) => Object.values(stacks.get(stack)!.resource[type]!)[0]!;
    return {
      table: of("churn-ingestion", "google_bigquery_table")["deletion_protection"],
      bucket: of("churn-registry", "google_storage_bucket")["force_destroy"],
      service: of("churn-serving", "google_cloud_run_v2_service")["deletion_protection"],
      endpoint: of("churn-serving", "google_vertex_ai_endpoint")["lifecycle"],
      key: of("foundation", "google_kms_crypto_key")["lifecycle"],
      quota: of("quotas", "google_cloud_quotas_quota_preference")["lifecycle"],
    };
  };
  expect(protections("prod")).toEqual({
    table: true,
    bucket: false,
    service: true,
    endpoint: { prevent_destroy: true },
    key: { prevent_destroy: true },
    quota: { prevent_destroy: true },
  });
  expect(protections("sandbox")).toEqual({ table: false, bucket: true, service: false });
  expect(protections("dev")).toMatchObject({ table: false, quota: { prevent_destroy: true } });
});

test("state is local in the sandbox and in a bucket elsewhere, one object for each stack", () => {
  const backend = (environment: string) =>
    synthesise(repositoryPlatform(environment)).get("churn-serving")!.terraform["backend"];
  expect(backend("sandbox")).toEqual({ local: { path: "../../../.sandbox/terraform/sandbox-churn-serving.tfstate" } });
  expect(backend("prod")).toEqual({ gcs: { bucket: "acme-ml-prod-terraform-state", prefix: "prod-churn-serving" } });
});

test("labels reach every resource: by the provider, and by the field of types that its defaults do not reach", () => {
  const labels = { "cost-center": "ml-platform", environment: "sandbox", team: "churn", "use-case": "retention" };
  const { provider, resource } = synthesise(repositoryPlatform()).get("churn-monitoring")!;
  expect(provider["google"]).toMatchObject([{ default_labels: labels }]);
  for (const policy of Object.values(resource["google_monitoring_alert_policy"]!)) {
    expect(policy["user_labels"]).toEqual(labels);
  }
});

test("the scheduler's request is a pipeline job with the team's specification, and images of the environment", () => {
  const { resource, locals } = synthesise(repositoryPlatform("prod")).get("churn-pipelines")!;
  const [job] = Object.values(resource["google_cloud_scheduler_job"]!);
  expect(job!["http_target"]).toMatchObject({
    uri: "https://europe-west4-aiplatform.googleapis.com/v1/projects/acme-ml-prod/locations/europe-west4/pipelineJobs",
  });
  const request = Object.values(locals!)[0] as string;
  expect(request).not.toContain("acme-ml-dev");
  expect(JSON.parse(request)).toMatchObject({
    pipelineSpec: {
      pipelineInfo: { name: "churn-training" },
      deploymentSpec: {
        executors: {
          train: {
            container: {
              image: expect.stringMatching(
                /^europe-west4-docker\.pkg\.dev\/acme-ml-prod\/images\/churn-trainer@sha256:/,
              ),
              resources: { accelerator: { type: "NVIDIA_TESLA_T4", count: "1" } },
            },
          },
        },
      },
    },
  });
});

test("a changed stage of a rollout shows in the stack's outputs, which plans print", () => {
  const platform = structuredClone(repositoryPlatform());
  platform.teams["churn"]!.serving.models["propensity"]!.rollout.stages[0]!.share = 20;
  const output = JSON.stringify(synthesise(platform).get("churn-serving")!.output);
  expect(output).toContain('{"share":20,"holdMinutes":60,"minimumSamples":500,"approval":false}');
});

test("a rollout's replicas scale by the targets that are declared, and by Vertex AI's own where none are", () => {
  const output = (autoscaling: ModelConfig["autoscaling"]) => {
    const platform = structuredClone(repositoryPlatform());
    platform.teams["churn"]!.serving.models["propensity"]!.autoscaling = autoscaling;
    return JSON.stringify(synthesise(platform).get("churn-serving")!.output);
  };
  expect(output({})).not.toContain("autoscalingMetricSpecs");
  expect(output({ requestCountPerMinute: 600, acceleratorDutyCycle: 70 })).toContain(
    '"autoscalingMetricSpecs":[' +
      '{"metricName":"aiplatform.googleapis.com/prediction/online/accelerator/duty_cycle","target":70},' +
      '{"metricName":"aiplatform.googleapis.com/prediction/online/request_count","target":600}]',
  );
});

test("a canary is a second revision in the declared traffic", () => {
  const platform = structuredClone(repositoryPlatform());
  Object.assign(platform.teams["churn"]!.serving.services["heuristic"]!, {
    revision: "v2",
    traffic: { v1: 90, v2: 10 },
  });
  const [service] = Object.values(types(platform, "churn-serving")["google_cloud_run_v2_service"]!);
  expect(service).toMatchObject({
    template: { revision: "churn-heuristic-v2" },
    traffic: [
      { revision: "churn-heuristic-v1", percent: 90 },
      { revision: "churn-heuristic-v2", percent: 10 },
    ],
  });
});
