import { GoogleVertexAiEndpointIamMember } from "@cdktf/provider-google-beta/lib/google-vertex-ai-endpoint-iam-member";
import { VertexAiEndpoint } from "@cdktf/provider-google/lib/vertex-ai-endpoint";

import { Endpoint, type EndpointProps } from "../../constructs/endpoint";
import type { Environment, PlatformStack } from "../../constructs/platform-stack";
import { analysts, dataset, encryptionKey, keyGrant } from "../support/fixtures";
import { reference, templateOf } from "../support/template";

const make = (stack: PlatformStack, changes: Partial<EndpointProps> = {}) =>
  new Endpoint(stack, "Propensity", {
    endpointId: "123456789",
    displayName: "churn-propensity",
    encryptionKey,
    logDataset: dataset(stack),
    logTableId: "propensity_log",
    ...changes,
  });
const endpoint = (changes: Partial<EndpointProps> = {}, overrides: Partial<Environment> = {}) =>
  templateOf((stack) => make(stack, changes), overrides).only(VertexAiEndpoint);

test("an endpoint has an address and a key of its own, logs a tenth of its requests, and waits for the key's grants", () => {
  expect(endpoint()).toEqual({
    name: "123456789",
    display_name: "churn-propensity",
    location: "europe-west4",
    region: "europe-west4",
    dedicated_endpoint_enabled: true,
    encryption_spec: { kms_key_name: encryptionKey.keyId },
    predict_request_response_logging_config: {
      enabled: true,
      sampling_rate: 0.1,
      bigquery_destination: { output_uri: "bq://acme-ml-dev.churn.propensity_log" },
    },
    depends_on: [keyGrant.fqn],
  });
});

test("with Private Service Connect it has no address, and each project may connect once, the environment's own too", () => {
  const made = endpoint({ privateServiceConnectProjects: ["acme-web-dev", "acme-ml-dev"] });
  expect(made).not.toHaveProperty("dedicated_endpoint_enabled");
  expect(made["private_service_connect_config"]).toEqual({
    enable_private_service_connect: true,
    project_allowlist: ["acme-ml-dev", "acme-web-dev"],
  });
});

test("an endpoint is all there is: neither a table, which Vertex AI makes, nor a caller", () => {
  expect(templateOf((stack) => make(stack)).counts).toEqual({ google_vertex_ai_endpoint: 1 });
});

test("the traffic split is left to rollouts", () => {
  expect(endpoint()).not.toHaveProperty("traffic_split");
});

test("a protected endpoint cannot be destroyed", () => {
  expect(endpoint({}, { deletionProtection: true })).toMatchObject({ lifecycle: { prevent_destroy: true } });
});

test("all requests can be logged", () => {
  expect(endpoint({ logSamplingRate: 1 })).toMatchObject({
    predict_request_response_logging_config: { enabled: true, sampling_rate: 1 },
  });
});

test("a share of 0 turns the log off", () => {
  expect(endpoint({ logSamplingRate: 0 })["predict_request_response_logging_config"]).toEqual({
    enabled: false,
    bigquery_destination: { output_uri: "bq://acme-ml-dev.churn.propensity_log" },
  });
});

test.each([-0.1, 7])("logging a share of %d is refused", (logSamplingRate) => {
  expect(() => endpoint({ logSamplingRate })).toThrow(
    new Error(`test/Propensity: 'logSamplingRate' must be from 0 to 1, got ${logSamplingRate}`),
  );
});

test("predicting is granted once, on the endpoint alone, through the beta provider", () => {
  const template = templateOf((stack) => {
    const made = make(stack);
    made.grantPredict(analysts);
    made.grantPredict(analysts);
  });
  expect(template.only(GoogleVertexAiEndpointIamMember)).toEqual({
    provider: "google-beta",
    project: "acme-ml-dev",
    location: "europe-west4",
    endpoint: reference(VertexAiEndpoint, "name"),
    role: "roles/aiplatform.user",
    member: analysts.member,
  });
});
