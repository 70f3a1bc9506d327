import { keyGranted } from "../../../tools/sandbox/rules/key-granted";
import { keyUsable } from "../../../tools/sandbox/rules/key-usable";
import type { ValueObject } from "../../../tools/sandbox/values/value";
import { creation, deletion, worldOf } from "../support/world";

const key = "projects/acme/locations/europe-west4/keyRings/ml/cryptoKeys/data";
const keyExists = `google_kms_crypto_key ${key}`;
const grantTo = (email: string) =>
  `google_kms_crypto_key_iam_member ${key}/roles/cloudkms.cryptoKeyEncrypterDecrypter/serviceAccount:${email}`;
const pubsubAgent = "service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";
const topic = creation("google_pubsub_topic", "projects/acme/topics/events", { kms_key_name: key });

test("a key without a grant for the service agent is refused", () => {
  expect(keyGranted.check(topic, worldOf(keyExists))).toEqual({
    error:
      "Error creating Topic: googleapi: Error 400: Cloud Pub/Sub did not have the necessary permissions configured to support " +
      `this operation. Please verify that the service account ${pubsubAgent} was granted the Cloud KMS CryptoKey ` +
      `Encrypter/Decrypter role for the project containing the CryptoKey ${key}.`,
    remedy:
      `'kms_key_name' is used by ${pubsubAgent}: grant it roles/cloudkms.cryptoKeyEncrypterDecrypter with a ` +
      "google_kms_crypto_key_iam_member, applied before this resource.",
  });
});

test("a grant on the key is enough, and one on its project", () => {
  const onProject = `google_project_iam_member acme/roles/cloudkms.cryptoKeyEncrypterDecrypter/serviceAccount:${pubsubAgent}`;

  expect(keyGranted.check(topic, worldOf(keyExists, grantTo(pubsubAgent)))).toBeUndefined();
  expect(keyGranted.check(topic, worldOf(keyExists, onProject))).toBeUndefined();
});

test("a grant to another agent is not", () => {
  expect(
    keyGranted.check(topic, worldOf(keyExists, grantTo("service-123456789012@gcp-sa-run.iam.gserviceaccount.com"))),
  ).toBeDefined();
});

test("a key that does not exist is refused in the same words", () => {
  expect(keyUsable.check(topic, worldOf(grantTo(pubsubAgent)))).toEqual({
    error: keyGranted.check(topic, worldOf(keyExists))!.error,
    remedy: `'kms_key_name' names the key '${key}', which does not exist: apply the stack that makes it first.`,
  });
  expect(keyUsable.check(topic, worldOf(keyExists))).toBeUndefined();
});

test("a key of a project that the sandbox does not hold is taken to be there and granted", () => {
  const change = creation("google_pubsub_topic", "x", { kms_key_name: key.replace("/acme/", "/kms-central/") });

  expect(keyUsable.check(change, worldOf())).toBeUndefined();
  expect(keyGranted.check(change, worldOf())).toBeUndefined();
});

test.each<[string, ValueObject, string]>([
  [
    "google_storage_bucket",
    { encryption: [{ default_kms_key_name: key }] },
    "service-123456789012@gs-project-accounts",
  ],
  [
    "google_bigquery_dataset",
    { default_encryption_configuration: [{ kms_key_name: key }] },
    "bq-123456789012@bigquery-encryption",
  ],
  ["google_artifact_registry_repository", { kms_key_name: key }, "service-123456789012@gcp-sa-artifactregistry"],
  ["google_vertex_ai_endpoint", { encryption_spec: [{ kms_key_name: key }] }, "service-123456789012@gcp-sa-aiplatform"],
  ["google_workflows_workflow", { crypto_key_name: key }, "service-123456789012@gcp-sa-workflows"],
  [
    "google_cloud_run_v2_service",
    { template: [{ encryption_key: key }] },
    "service-123456789012@serverless-robot-prod",
  ],
  [
    "google_logging_project_bucket_config",
    { cmek_settings: [{ kms_key_name: key }] },
    "cmek-p123456789012@gcp-sa-logging",
  ],
  [
    "google_secret_manager_secret",
    { replication: [{ auto: [{ customer_managed_encryption: [{ kms_key_name: key }] }] }] },
    "service-123456789012@gcp-sa-secretmanager",
  ],
])("%s is encrypted by its own agent", (type, args, agent) => {
  const change = creation(type, "id", args);
  const email = `${agent}.iam.gserviceaccount.com`;

  expect(keyGranted.check(change, worldOf(keyExists))?.remedy).toContain(email);
  expect(keyGranted.check(change, worldOf(keyExists, grantTo(email)))).toBeUndefined();
});

test("Dataflow needs the key for its workers' disks as well", () => {
  const job = creation("google_dataflow_flex_template_job", "1", { kms_key_name: key });
  const dataflow = grantTo("service-123456789012@dataflow-service-producer-prod.iam.gserviceaccount.com");
  const compute = grantTo("service-123456789012@compute-system.iam.gserviceaccount.com");

  expect(keyGranted.check(job, worldOf(keyExists, dataflow))?.remedy).toContain("@compute-system.");
  expect(keyGranted.check(job, worldOf(keyExists, dataflow, compute))).toBeUndefined();
});

test("a key that was destroyed encrypts nothing", () => {
  const destroyed = {
    type: "google_kms_crypto_key",
    id: key,
    values: { primary: [{ name: `${key}/cryptoKeyVersions/1`, state: "DESTROY_SCHEDULED" }] },
  };

  expect(keyUsable.check(topic, worldOf(destroyed, grantTo(pubsubAgent)))).toEqual({
    error: `Error creating Topic: googleapi: Error 400: ${key}/cryptoKeyVersions/1 is not enabled, current state is: DESTROY_SCHEDULED.`,
    remedy: "'kms_key_name' names a key that was destroyed: use another key, or forget the project in the sandbox.",
  });
});

test("grants on keys and deletions use no key", () => {
  expect(
    keyGranted.check(creation("google_kms_crypto_key_iam_member", "x", { crypto_key_id: key }), worldOf()),
  ).toBeUndefined();
  expect(keyGranted.check(deletion("google_pubsub_topic", "x", { kms_key_name: key }), worldOf())).toBeUndefined();
  expect(keyGranted.check(creation("google_pubsub_topic", "x"), worldOf())).toBeUndefined();
});
