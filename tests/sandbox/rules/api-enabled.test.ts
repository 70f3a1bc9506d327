import { apiEnabled } from "../../../tools/sandbox/rules/api-enabled";
import { creation, deletion, worldOf } from "../support/world";

const topic = creation("google_pubsub_topic", "projects/acme/topics/events");

test("an API that is off refuses its resources", () => {
  expect(apiEnabled.check(topic, worldOf("google_project_service other/pubsub.googleapis.com"))).toEqual({
    error:
      "Error creating Topic: googleapi: Error 403: Cloud Pub/Sub API has not been used in project acme before or it is disabled. " +
      "Enable it by visiting https://console.developers.google.com/apis/api/pubsub.googleapis.com/overview?project=acme then " +
      "retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.",
    remedy:
      "Turn it on with a google_project_service of 'pubsub.googleapis.com' in project 'acme', applied before this resource.",
  });
});

test("an API that is on does not", () => {
  expect(apiEnabled.check(topic, worldOf("google_project_service acme/pubsub.googleapis.com"))).toBeUndefined();
});

test.each(["google_project_service", "google_service_account", "google_project_iam_member", "google_storage_bucket"])(
  "%s works in a new project",
  (type) => {
    expect(apiEnabled.check(creation(type, "x"), worldOf())).toBeUndefined();
  },
);

test("deleting needs no API", () => {
  expect(apiEnabled.check(deletion("google_pubsub_topic", "x"), worldOf())).toBeUndefined();
});

test.each([
  ["google_vertex_ai_endpoint_iam_member", "aiplatform.googleapis.com"],
  ["google_cloud_run_v2_service", "run.googleapis.com"],
  ["google_cloud_quotas_quota_preference", "cloudquotas.googleapis.com"],
  ["google_kms_crypto_key", "cloudkms.googleapis.com"],
  ["google_data_fusion_instance", "datafusion.googleapis.com"],
])("%s belongs to %s", (type, host) => {
  expect(apiEnabled.check(creation(type, "x"), worldOf())?.remedy).toContain(`'${host}'`);
});
