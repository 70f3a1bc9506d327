import { containerEmpty } from "../../../tools/sandbox/rules/container-empty";
import { deletionProtected } from "../../../tools/sandbox/rules/deletion-protected";
import { endpointEmpty } from "../../../tools/sandbox/rules/endpoint-empty";
import { inUse } from "../../../tools/sandbox/rules/in-use";
import type { ValueObject } from "../../../tools/sandbox/values/value";
import { deletion, worldOf } from "../support/world";

test("what is protected is not deleted", () => {
  const id = "projects/acme/locations/europe-west4/workflows/train";

  expect(
    deletionProtected.check(deletion("google_workflows_workflow", id, { deletion_protection: true }), worldOf()),
  ).toEqual({
    error: `cannot destroy Workflow "${id}" without setting deletion_protection=false and running \`terraform apply\``,
    remedy: "Set deletion_protection to false, apply, and then delete it: what it holds is lost.",
  });
  expect(
    deletionProtected.check(deletion("google_workflows_workflow", id, { deletion_protection: false }), worldOf()),
  ).toBeUndefined();
});

const object = { type: "google_storage_bucket_object", id: "data-a", values: { bucket: "data" } };

test("a bucket with objects is not deleted", () => {
  expect(
    containerEmpty.check(deletion("google_storage_bucket", "data", { force_destroy: false }), worldOf(object)),
  ).toEqual({
    error: "Error trying to delete bucket data containing objects without `force_destroy` set to true",
    remedy: "Delete the objects first, or set force_destroy to true and apply before deleting.",
  });
});

test("an empty one is, and one that may lose its objects", () => {
  expect(containerEmpty.check(deletion("google_storage_bucket", "other"), worldOf(object))).toBeUndefined();
  expect(
    containerEmpty.check(deletion("google_storage_bucket", "data", { force_destroy: true }), worldOf(object)),
  ).toBeUndefined();
});

const table = { type: "google_bigquery_table", id: "projects/acme/datasets/raw/tables/events", values: {} };

test("a dataset with tables is not deleted", () => {
  const dataset = (more: object) =>
    deletion("google_bigquery_dataset", "projects/acme/datasets/raw", { dataset_id: "raw", ...more });

  expect(containerEmpty.check(dataset({}), worldOf(table))).toEqual({
    error: "Error deleting Dataset: googleapi: Error 400: Dataset acme:raw is still in use, resourceInUse",
    remedy: "Delete its tables first, or set delete_contents_on_destroy to true and apply before deleting.",
  });
  expect(containerEmpty.check(dataset({ delete_contents_on_destroy: true }), worldOf(table))).toBeUndefined();
  expect(containerEmpty.check(dataset({}), worldOf())).toBeUndefined();
});

test.each<[string, ValueObject, string, string, ValueObject]>([
  ["google_sql_database_instance", { deletion_protection: true }, "deletion_protection", "false", {}],
  [
    "google_bigtable_table",
    { deletion_protection: "PROTECTED" },
    "deletion_protection",
    "UNPROTECTED",
    { deletion_protection: "UNPROTECTED" },
  ],
  ["google_redis_cluster", { deletion_protection_enabled: true }, "deletion_protection_enabled", "false", {}],
  [
    "google_sql_database_instance",
    { settings: [{ deletion_protection_enabled: true }] },
    "settings.0.deletion_protection_enabled",
    "false",
    { settings: [{ deletion_protection_enabled: false }] },
  ],
  ["google_spanner_database", { enable_drop_protection: true }, "enable_drop_protection", "false", {}],
  ["google_storage_batch_operations_job", { delete_protection: true }, "delete_protection", "false", {}],
  [
    "google_firestore_database",
    { delete_protection_state: "DELETE_PROTECTION_ENABLED" },
    "delete_protection_state",
    "DELETE_PROTECTION_DISABLED",
    { delete_protection_state: "DELETE_PROTECTION_DISABLED" },
  ],
  ["google_project", { deletion_policy: "PREVENT" }, "deletion_policy", "DELETE", { deletion_policy: "DELETE" }],
])("%s is protected by %j", (type, on, path, open, off) => {
  expect(deletionProtected.check(deletion(type, "x", on), worldOf())?.remedy).toBe(
    `Set ${path} to ${open}, apply, and then delete it: what it holds is lost.`,
  );
  expect(deletionProtected.check(deletion(type, "x", off), worldOf())).toBeUndefined();
});

test("a locked log bucket stays", () => {
  const id = "projects/acme/locations/europe-west4/buckets/audit";
  const bucket = (locked: boolean) => deletion("google_logging_project_bucket_config", id, { locked });

  expect(deletionProtected.check(bucket(true), worldOf())?.remedy).toBe(
    "A locked log bucket can never be unlocked: take it out of Terraform's state, or forget the project in the sandbox.",
  );
  expect(deletionProtected.check(bucket(false), worldOf())).toBeUndefined();
});

test("an endpoint with deployed models is not deleted, whatever Terraform last saw", () => {
  const id = "projects/acme/locations/europe-west4/endpoints/123456789";
  const withModels = (deployed_models: ValueObject[]) =>
    worldOf({ type: "google_vertex_ai_endpoint", id, values: { deployed_models } });
  const change = deletion("google_vertex_ai_endpoint", id, { deployed_models: [] });

  expect(endpointEmpty.check(change, withModels([{ id: "1001" }, { id: "1002" }]))).toEqual({
    error: "Error deleting Endpoint: googleapi: Error 400: Endpoint has deployed or being-deployed DeployedModel(s)",
    remedy: `Undeploy '1001', '1002' from '${id}' first, also those without traffic.`,
  });
  expect(endpointEmpty.check(change, withModels([]))).toBeUndefined();
});

const network = "projects/acme/global/networks/ml";
const subnet = "projects/acme/regions/europe-west4/subnetworks/ml";
const zone = "projects/acme/managedZones/googleapis";
const channel = "projects/acme/notificationChannels/1";

test.each<[string, string, string, string, ValueObject, string]>([
  [
    "google_compute_network",
    network,
    "google_compute_subnetwork",
    subnet,
    { network },
    `Error waiting for Deleting Network: The network resource '${network}' is already being used by '${subnet}'`,
  ],
  [
    "google_compute_subnetwork",
    subnet,
    "google_cloud_run_v2_service",
    "projects/acme/locations/europe-west4/services/api",
    { region: "europe-west4", template: [{ vpc_access: [{ network_interfaces: [{ subnetwork: subnet }] }] }] },
    `Error waiting for Deleting Subnetwork: The subnetwork resource '${subnet}' is already being used by 'projects/acme/locations/europe-west4/services/api'`,
  ],
  [
    "google_dns_managed_zone",
    zone,
    "google_dns_record_set",
    `${zone}/rrsets/a/A`,
    { managed_zone: "googleapis" },
    "Error deleting ManagedZone: googleapi: Error 400: The resource named 'googleapis' cannot be deleted because it contains one or more 'resource record sets'., containerNotEmpty",
  ],
  [
    "google_monitoring_notification_channel",
    channel,
    "google_monitoring_alert_policy",
    "projects/acme/alertPolicies/2",
    { notification_channels: [channel] },
    `Error when reading or editing NotificationChannel: googleapi: Error 400: Could not delete "${channel}" because it is still being referenced by: "projects/acme/alertPolicies/2"`,
  ],
])("%s is not deleted while it is used", (type, id, userType, userId, args, error) => {
  const user = { type: userType, id: userId, values: { project: "acme", ...args } };

  expect(inUse.check(deletion(type, id), worldOf(user))).toEqual({
    error,
    remedy: `Delete the ${userType} '${userId}' first.`,
  });
  expect(inUse.check(deletion(type, `${id}2`), worldOf(user))).toBeUndefined();
});

test("a channel may be taken away from its alerts, and a zone lose its records, when Terraform says so", () => {
  const alert = { type: "google_monitoring_alert_policy", id: "p", values: { notification_channels: [channel] } };
  const record = { type: "google_dns_record_set", id: "r", values: { project: "acme", managed_zone: "googleapis" } };

  expect(
    inUse.check(deletion("google_monitoring_notification_channel", channel, { force_delete: true }), worldOf(alert)),
  ).toBeUndefined();
  expect(
    inUse.check(deletion("google_dns_managed_zone", zone, { force_destroy: true }), worldOf(record)),
  ).toBeUndefined();
});
