import { parentExists } from "../../../tools/sandbox/rules/parent-exists";
import { creation, deletion, worldOf } from "../support/world";

const subscription = (topic: string) =>
  creation("google_pubsub_subscription", "projects/acme/subscriptions/raw", { project: "acme", topic });

test("a topic that does not exist refuses its subscription", () => {
  expect(parentExists.check(subscription("projects/acme/topics/events"), worldOf())).toEqual({
    error: "Error creating Subscription: googleapi: Error 404: Resource not found (resource=events).",
    remedy:
      "'topic' names a google_pubsub_topic that does not exist: 'projects/acme/topics/events'. Apply the stack that makes it " +
      "first, or make this resource depend on it.",
  });
});

test.each([
  "projects/acme/topics/events",
  "events",
  "//pubsub.googleapis.com/projects/acme/topics/events",
  "projects/123456789012/topics/events",
])("a topic is found as %s", (topic) => {
  expect(
    parentExists.check(subscription(topic), worldOf("google_pubsub_topic projects/acme/topics/events")),
  ).toBeUndefined();
});

const runner = "runner@acme.iam.gserviceaccount.com";
const network = "projects/acme/global/networks/ml";
const region = "europe-west4";

test.each([
  [
    "google_bigquery_table",
    { dataset_id: "raw" },
    "Not found: Dataset acme:raw, notFound",
    "google_bigquery_dataset projects/acme/datasets/raw",
  ],
  [
    "google_compute_subnetwork",
    { network: "ml" },
    `The resource '${network}' was not found, notFound`,
    `google_compute_network ${network}`,
  ],
  [
    "google_compute_router",
    { network: `https://www.googleapis.com/compute/v1/${network}` },
    `The resource '${network}' was not found`,
    `google_compute_network ${network}`,
  ],
  [
    "google_storage_notification",
    { bucket: "data" },
    "The specified bucket does not exist., notFound",
    "google_storage_bucket data",
  ],
  [
    "google_storage_bucket_object",
    { bucket: "data" },
    "The specified bucket does not exist., notFound",
    "google_storage_bucket data",
  ],
  [
    "google_kms_crypto_key",
    { key_ring: "projects/acme/locations/eu/keyRings/r" },
    "KeyRing projects/acme/locations/eu/keyRings/r not found.",
    "google_kms_key_ring projects/acme/locations/eu/keyRings/r",
  ],
  [
    "google_monitoring_alert_policy",
    { notification_channels: ["projects/acme/notificationChannels/1"] },
    'Cannot find notification channel with name "projects/acme/notificationChannels/1".',
    "google_monitoring_notification_channel projects/acme/notificationChannels/1",
  ],
  [
    "google_monitoring_slo",
    { service: "churn" },
    "Resource 'projects/acme/services/churn' was not found",
    "google_monitoring_custom_service projects/acme/services/churn",
  ],
  [
    "google_cloud_scheduler_job",
    { http_target: [{ oauth_token: [{ service_account_email: runner }] }] },
    `Error 403: The principal (user or service account) lacks IAM permission "iam.serviceAccounts.actAs" for the resource "${runner}" (or the resource may not exist).`,
    `google_service_account projects/acme/serviceAccounts/${runner}`,
  ],
  [
    "google_dataflow_flex_template_job",
    { region, subnetwork: `regions/${region}/subnetworks/ml` },
    `The resource 'projects/acme/regions/${region}/subnetworks/ml' was not found`,
    `google_compute_subnetwork projects/acme/regions/${region}/subnetworks/ml`,
  ],
  [
    "google_workflows_workflow",
    { service_account: `projects/-/serviceAccounts/${runner}` },
    `Error 403: Permission 'iam.serviceaccounts.actAs' denied on service account ${runner} (or it may not exist).`,
    `google_service_account projects/acme/serviceAccounts/${runner}`,
  ],
  [
    "google_pubsub_subscription",
    { topic: "t", bigquery_config: [{ table: "acme.raw.events" }] },
    "Not found: Table acme:raw.events, notFound",
    "google_bigquery_table projects/acme/datasets/raw/tables/events",
  ],
  [
    "google_project_iam_member",
    { role: "projects/acme/roles/runner" },
    "The role named runner was not found., badRequest",
    "google_project_iam_custom_role projects/acme/roles/runner",
  ],
])("%s needs what it names", (type, args, message, parent) => {
  const topic = "google_pubsub_topic projects/acme/topics/t";
  const change = creation(type, "some/roles/id", args as never);

  expect(parentExists.check(change, worldOf(topic))?.error).toContain(message);
  expect(parentExists.check(change, worldOf(topic, parent))).toBeUndefined();
});

test("a grant names the resource in its error", () => {
  const change = creation(
    "google_pubsub_topic_iam_member",
    "projects/acme/topics/events/roles/pubsub.publisher/user:a@b.c",
    { topic: "events", role: "roles/pubsub.publisher" },
  );

  expect(parentExists.check(change, worldOf())?.error).toBe(
    'Error applying IAM policy for "projects/acme/topics/events": Error setting IAM policy for "projects/acme/topics/events": ' +
      "googleapi: Error 404: Resource not found (resource=events).",
  );
});

test.each([
  ["what belongs to another project", subscription("projects/other/topics/events")],
  ["the network that every project has", creation("google_compute_router", "x", { network: "default" })],
  [
    "accounts that Google makes",
    creation("google_workflows_workflow", "x", {
      service_account: "service-1@gcp-sa-workflows.iam.gserviceaccount.com",
    }),
  ],
  ["deletions", deletion("google_pubsub_subscription", "x", { topic: "events" })],
])("%s is not looked for", (_, change) => {
  expect(parentExists.check(change, worldOf())).toBeUndefined();
});
