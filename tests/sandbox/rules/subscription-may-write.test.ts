import { subscriptionMayWrite } from "../../../tools/sandbox/rules/subscription-may-write";
import type { ValueObject } from "../../../tools/sandbox/values/value";
import { creation, grantOn, update, worldOf } from "../support/world";

const id = "projects/acme/subscriptions/raw";
const dataset = "projects/acme/datasets/raw";
const table = `${dataset}/tables/events`;
const agent = "service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";
const config: ValueObject = { topic: "t", bigquery_config: [{ table: "acme.raw.events" }] };
const toTable = creation("google_pubsub_subscription", id, config);
const tableExists = `google_bigquery_table ${table}`;
const error = "Error creating Subscription: googleapi: Error 403: The caller does not have permission";

test("a table that Pub/Sub may not write to refuses the subscription", () => {
  expect(subscriptionMayWrite.check(toTable, worldOf(tableExists))).toEqual({
    error,
    remedy:
      `'bigquery_config.0.table' is written to by ${agent}: grant it roles/bigquery.dataEditor with a ` +
      "google_bigquery_table_iam_member, applied before this resource.",
  });
});

test.each([
  ["the table", grantOn("google_bigquery_table", table, "roles/bigquery.dataEditor", `serviceAccount:${agent}`)],
  ["its dataset", grantOn("google_bigquery_dataset", dataset, "roles/bigquery.dataEditor", `serviceAccount:${agent}`)],
  ["its project", grantOn("google_project", "acme", "roles/bigquery.admin", `serviceAccount:${agent}`)],
])("a grant on %s is enough", (_, grant) => {
  expect(subscriptionMayWrite.check(toTable, worldOf(tableExists, grant))).toBeUndefined();
});

test.each([
  [
    "to look at it",
    grantOn("google_bigquery_table", table, "roles/bigquery.metadataViewer", `serviceAccount:${agent}`),
  ],
  ["to another account", grantOn("google_bigquery_table", table, "roles/bigquery.dataEditor", "serviceAccount:a@b.c")],
  [
    "on another table",
    grantOn("google_bigquery_table", `${table}2`, "roles/bigquery.dataEditor", `serviceAccount:${agent}`),
  ],
])("a grant %s is not", (_, grant) => {
  expect(subscriptionMayWrite.check(toTable, worldOf(tableExists, grant))?.error).toBe(error);
});

test("bindings, policies and roles of one's own count as well", () => {
  const place = { project: "acme", dataset_id: "raw", table_id: "events" };
  const binding = {
    type: "google_bigquery_table_iam_binding",
    id: "b",
    values: { ...place, role: "roles/bigquery.dataOwner", members: [`serviceAccount:${agent}`] },
  };
  const policy = {
    type: "google_bigquery_dataset_iam_policy",
    id: "p",
    values: {
      ...place,
      policy_data: JSON.stringify({
        bindings: [{ role: "roles/bigquery.dataEditor", members: [`serviceAccount:${agent}`] }],
      }),
    },
  };
  const role = {
    type: "google_project_iam_custom_role",
    id: "projects/acme/roles/writer",
    values: { permissions: ["bigquery.tables.get", "bigquery.tables.updateData"] },
  };
  const granted = grantOn("google_project", "acme", role.id, `serviceAccount:${agent}`);

  expect(subscriptionMayWrite.check(toTable, worldOf(tableExists, binding))).toBeUndefined();
  expect(subscriptionMayWrite.check(toTable, worldOf(tableExists, policy))).toBeUndefined();
  expect(subscriptionMayWrite.check(toTable, worldOf(tableExists, role, granted))).toBeUndefined();
  expect(subscriptionMayWrite.check(toTable, worldOf(tableExists, granted))).toBeDefined();
});

test("an identity of its own needs the grant in the agent's stead", () => {
  const writer = "writer@acme.iam.gserviceaccount.com";
  const change = creation("google_pubsub_subscription", id, {
    topic: "t",
    bigquery_config: [{ table: "acme.raw.events", service_account_email: writer }],
  });
  const grant = (email: string) =>
    grantOn("google_bigquery_dataset", dataset, "roles/bigquery.dataEditor", `serviceAccount:${email}`);

  expect(subscriptionMayWrite.check(change, worldOf(tableExists, grant(agent)))?.remedy).toContain(writer);
  expect(subscriptionMayWrite.check(change, worldOf(tableExists, grant(writer)))).toBeUndefined();
});

test("a bucket needs a grant to write and one to look at it", () => {
  const change = creation("google_pubsub_subscription", id, { topic: "t", cloud_storage_config: [{ bucket: "data" }] });
  const grant = (role: string) => grantOn("google_storage_bucket", "b/data", role, `serviceAccount:${agent}`);
  const write = grant("roles/storage.objectCreator");

  expect(subscriptionMayWrite.check(change, worldOf("google_storage_bucket data", write))).toEqual({
    error,
    remedy:
      `'cloud_storage_config.0.bucket' is written to by ${agent}: grant it roles/storage.legacyBucketReader with a ` +
      "google_storage_bucket_iam_member, applied before this resource.",
  });
  expect(
    subscriptionMayWrite.check(
      change,
      worldOf("google_storage_bucket data", write, grant("roles/storage.legacyBucketReader")),
    ),
  ).toBeUndefined();
});

test("an update that leaves the table alone is not looked at", () => {
  const existing = { type: "google_pubsub_subscription", id, values: config };
  const other = { ...config, bigquery_config: [{ table: "acme.raw.others" }] };
  const others = `google_bigquery_table ${dataset}/tables/others`;

  expect(
    subscriptionMayWrite.check(update("google_pubsub_subscription", id, config), worldOf(tableExists, existing)),
  ).toBeUndefined();
  expect(
    subscriptionMayWrite.check(update("google_pubsub_subscription", id, other), worldOf(others, existing)),
  ).toBeDefined();
});

test("a grant of a moment ago does not count where grants take their time", () => {
  const grant = grantOn("google_bigquery_table", table, "roles/bigquery.dataEditor", `serviceAccount:${agent}`);
  const world = worldOf(tableExists, grant);
  const after = (seconds: number) => ({
    ...world,
    cloud: { ...world.cloud, writtenAt: () => new Date(Date.now() - seconds * 1000) },
    iamDelaySeconds: 10,
  });

  expect(subscriptionMayWrite.check(toTable, after(4))).toEqual({
    error,
    remedy:
      `'bigquery_config.0.table' is written to by ${agent}: its grant is 4.0 s old, and grants are seen after 10 s: wait for it, ` +
      "or apply again.",
    passes: true,
  });
  expect(subscriptionMayWrite.check(toTable, after(10))).toBeUndefined();
});
