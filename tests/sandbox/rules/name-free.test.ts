import { nameFree } from "../../../tools/sandbox/rules/name-free";
import { creation, worldOf } from "../support/world";

test.each([
  [
    "google_pubsub_topic",
    "projects/acme/topics/events",
    {},
    "Error creating Topic: googleapi: Error 409: Resource already exists in the project (resource=events).",
  ],
  [
    "google_storage_bucket",
    "data",
    {},
    "Error creating Bucket: googleapi: Error 409: Your previous request to create the named bucket succeeded and you already own it., conflict",
  ],
  [
    "google_compute_network",
    "projects/acme/global/networks/ml",
    {},
    "Error creating Network: googleapi: Error 409: The resource 'projects/acme/global/networks/ml' already exists, alreadyExists",
  ],
  [
    "google_bigquery_table",
    "projects/acme/datasets/raw/tables/events",
    { dataset_id: "raw", table_id: "events" },
    "Error creating Table: googleapi: Error 409: Already Exists: Table acme:raw.events, duplicate",
  ],
  [
    "google_workflows_workflow",
    "projects/acme/locations/europe-west4/workflows/train",
    {},
    "Error creating Workflow: googleapi: Error 409: Resource 'projects/acme/locations/europe-west4/workflows/train' already exists",
  ],
])("a second %s of the same name is refused", (type, id, args, error) => {
  expect(nameFree.check(creation(type, id, args), worldOf(`${type} ${id}`))).toEqual({
    error,
    remedy: `Import '${id}' if it is yours, or take another name.`,
  });
  expect(nameFree.check(creation(type, id, args), worldOf())).toBeUndefined();
});

test("bucket names of others are taken", () => {
  const theirs = { type: "google_storage_bucket", id: "data", values: { project: "other" } };

  expect(nameFree.check(creation("google_storage_bucket", "data"), worldOf(theirs))?.error).toContain(
    "The requested bucket name is not available.",
  );
});

test("what Google never deletes says so", () => {
  const id = "projects/acme/locations/europe-west4/keyRings/ml";

  expect(nameFree.check(creation("google_kms_key_ring", id), worldOf(`google_kms_key_ring ${id}`))).toEqual({
    error: `Error creating KeyRing: googleapi: Error 409: KeyRing ${id} already exists.`,
    remedy: `Google never deletes a google_kms_key_ring: import '${id}', take another name, or forget the project in the sandbox.`,
  });
});

test("a quota preference is never deleted either", () => {
  const id = "projects/123456789012/locations/global/quotaPreferences/l4";

  expect(
    nameFree.check(
      creation("google_cloud_quotas_quota_preference", id),
      worldOf(`google_cloud_quotas_quota_preference ${id}`),
    ),
  ).toEqual({
    error: `Error creating QuotaPreference: googleapi: Error 409: Resource '${id}' already exists`,
    remedy: `Google never deletes a google_cloud_quotas_quota_preference: import '${id}', take another name, or forget the project in the sandbox.`,
  });
});

test.each([
  ["google_project_iam_member", "acme/roles/viewer/user:a@example.com"],
  ["google_project_service", "acme/pubsub.googleapis.com"],
])("%s may be asked for twice", (type, id) => {
  expect(nameFree.check(creation(type, id), worldOf(`${type} ${id}`))).toBeUndefined();
});

test("a service account may adopt one that exists", () => {
  const id = "projects/acme/serviceAccounts/runner@acme.iam.gserviceaccount.com";
  const change = creation("google_service_account", id, { create_ignore_already_exists: true });

  expect(nameFree.check(change, worldOf(`google_service_account ${id}`))).toBeUndefined();
});
