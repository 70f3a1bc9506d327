import { CloudRunV2Service } from "@cdktf/provider-google/lib/cloud-run-v2-service";
import { CloudRunV2ServiceIamMember } from "@cdktf/provider-google/lib/cloud-run-v2-service-iam-member";

import type { Environment, PlatformStack } from "../../constructs/platform-stack";
import { PredictorService, type PredictorServiceProps } from "../../constructs/predictor-service";
import { analysts, encryptionKey, keyGrant, network, runner } from "../support/fixtures";
import { reference, templateOf } from "../support/template";

const image = "europe-west4-docker.pkg.dev/acme-ml-dev/images/heuristic@sha256:0123";
const make = (stack: PlatformStack, changes: Partial<PredictorServiceProps> = {}) =>
  new PredictorService(stack, "Heuristic", {
    serviceName: "churn-heuristic",
    image,
    revision: "v1",
    traffic: { v1: 100 },
    serviceAccount: runner(stack),
    network,
    encryptionKey,
    ...changes,
  });
const service = (changes: Partial<PredictorServiceProps> = {}, overrides: Partial<Environment> = {}) =>
  templateOf((stack) => make(stack, changes), overrides).only(CloudRunV2Service);

test("a service is reached from inside only, scales from 0 to 4 small instances, and waits for the key's grants", () => {
  expect(service()).toEqual({
    name: "churn-heuristic",
    location: "europe-west4",
    ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
    deletion_protection: false,
    launch_stage: "GA",
    scaling: { min_instance_count: 0, scaling_mode: "AUTOMATIC" },
    template: {
      revision: "churn-heuristic-v1",
      service_account: "churn-runner@acme-ml-dev.iam.gserviceaccount.com",
      encryption_key: encryptionKey.keyId,
      execution_environment: "EXECUTION_ENVIRONMENT_GEN2",
      timeout: "60s",
      scaling: { min_instance_count: 0, max_instance_count: 4 },
      vpc_access: {
        egress: "PRIVATE_RANGES_ONLY",
        network_interfaces: [{ network: network.networkId, subnetwork: network.subnetworkId }],
      },
      containers: [
        {
          name: "predictor",
          image,
          ports: { container_port: 8080 },
          resources: { limits: { cpu: "1", memory: "512Mi" }, cpu_idle: true, startup_cpu_boost: true },
          startup_probe: {
            http_get: { path: "/health" },
            period_seconds: 5,
            timeout_seconds: 5,
            failure_threshold: 24,
          },
          liveness_probe: { http_get: { path: "/health" }, period_seconds: 30 },
        },
      ],
    },
    traffic: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision: "churn-heuristic-v1", percent: 100 }],
    lifecycle: { ignore_changes: ["client", "client_version"] },
    depends_on: [keyGrant.fqn],
  });
});

test("a service is all there is: nobody may call it by default", () => {
  expect(templateOf((stack) => make(stack)).counts).toEqual({ google_cloud_run_v2_service: 1 });
});

test("a protected service cannot be destroyed", () => {
  expect(service({}, { deletionProtection: true })).toMatchObject({ deletion_protection: true });
});

test("instances can be larger, and always run", () => {
  expect(service({ cpu: "4", memory: "8Gi", minInstanceCount: 2, maxInstanceCount: 2 })).toMatchObject({
    template: {
      scaling: { min_instance_count: 2, max_instance_count: 2 },
      containers: [{ resources: { limits: { cpu: "4", memory: "8Gi" } } }],
    },
  });
});

test("two entries of traffic make a canary", () => {
  expect(service({ revision: "v2", traffic: { v1: 90, v2: 10 } })).toMatchObject({
    template: { revision: "churn-heuristic-v2" },
    traffic: [
      { revision: "churn-heuristic-v1", percent: 90 },
      { revision: "churn-heuristic-v2", percent: 10 },
    ],
  });
});

test("a revision can be deployed dark: a target without traffic is not declared", () => {
  expect(service({ revision: "v2", traffic: { v1: 100, v2: 0 } })).toMatchObject({
    template: { revision: "churn-heuristic-v2" },
    traffic: [{ revision: "churn-heuristic-v1", percent: 100 }],
  });
});

test("traffic that does not sum to 100 is refused", () => {
  expect(() => service({ traffic: { v1: 90 } })).toThrow(
    new Error("test/Heuristic: 'traffic' must be whole percents from 0 to 100 that sum to 100, got 90"),
  );
  expect(() => service({ traffic: {} })).toThrow(
    new Error("test/Heuristic: 'traffic' must be whole percents from 0 to 100 that sum to 100, got nothing"),
  );
});

test("a negative share of traffic is refused", () => {
  expect(() => service({ traffic: { v1: 150, v2: -50 } })).toThrow(
    new Error("test/Heuristic: 'traffic' must be whole percents from 0 to 100 that sum to 100, got 150 + -50"),
  );
});

test("traffic without the deployed revision is refused", () => {
  expect(() => service({ revision: "v3", traffic: { v1: 90, v2: 10 } })).toThrow(
    new Error(
      "test/Heuristic: 'traffic' must name the deployed revision 'v3', got v1, v2; give it 0 to deploy it dark",
    ),
  );
});

test("a minimum above the maximum is refused, also above the default one", () => {
  expect(() => service({ minInstanceCount: 5 })).toThrow(
    new Error("test/Heuristic: 'minInstanceCount' must be at most 'maxInstanceCount' (4), got 5"),
  );
});

test("calling is granted once, on the service alone", () => {
  const template = templateOf((stack) => {
    const made = make(stack);
    made.grantInvoke(analysts);
    made.grantInvoke(analysts);
  });
  expect(template.only(CloudRunV2ServiceIamMember)).toEqual({
    project: "acme-ml-dev",
    location: "europe-west4",
    name: reference(CloudRunV2Service, "name"),
    role: "roles/run.invoker",
    member: analysts.member,
  });
});
