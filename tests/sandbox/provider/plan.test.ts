import type { Configuration } from "../../../tools/sandbox/provider/configuration";
import { planResource } from "../../../tools/sandbox/provider/plan";
import { Catalogue } from "../../../tools/sandbox/schema/catalogue";
import { shape } from "../../../tools/sandbox/values/shape";
import { UNKNOWN, type ValueObject } from "../../../tools/sandbox/values/value";
import { join } from "node:path";

const catalogue = new Catalogue("google", join(__dirname, "../../../.sandbox/cache"));
const configuration: Configuration = {
  project: "acme",
  region: "europe-west4",
  zone: undefined,
  defaultLabels: { env: "dev" },
  attributionLabel: true,
};

function plan(type: string, config: ValueObject, prior?: ValueObject, more: Partial<Configuration> = {}) {
  const { block } = catalogue.resource(type)!;
  const before = prior && shape(block, prior);
  return planResource(type, block, shape(block, config), before, { ...configuration, ...more });
}

test("a new resource has its arguments, defaults, the provider's project, and unknowns for the rest", () => {
  expect(plan("google_pubsub_subscription", { name: "raw", topic: UNKNOWN }).planned).toMatchObject({
    name: "raw",
    topic: UNKNOWN,
    message_retention_duration: "604800s",
    filter: null,
    project: "acme",
    id: UNKNOWN,
    ack_deadline_seconds: UNKNOWN,
    expiration_policy: UNKNOWN,
    push_config: [],
    timeouts: null,
  });
});

test("a project is left open by types that ask for it late, and where the provider has none", () => {
  expect(plan("google_storage_bucket", { name: "data", location: "eu" }).planned["project"]).toBe(UNKNOWN);
  expect(plan("google_pubsub_topic", { name: "t" }, undefined, { project: undefined }).planned["project"]).toBe(
    UNKNOWN,
  );
  expect(plan("google_pubsub_topic", { name: "t", project: "own" }).planned["project"]).toBe("own");
});

test("e-mail and member of a service account are known before it exists", () => {
  expect(plan("google_service_account", { account_id: "runner" }).planned).toMatchObject({
    email: "runner@acme.iam.gserviceaccount.com",
    member: "serviceAccount:runner@acme.iam.gserviceaccount.com",
    unique_id: UNKNOWN,
  });
  expect(plan("google_service_account", { account_id: UNKNOWN }).planned).toMatchObject({
    email: UNKNOWN,
    member: UNKNOWN,
  });
});

test("labels that someone else gave a resource stay, those that were configured before do not", () => {
  const prior = {
    name: "t",
    labels: { team: "a" },
    terraform_labels: { team: "a" },
    effective_labels: { team: "a", rollout: "r1" },
  };
  const { planned } = plan("google_pubsub_topic", { name: "t", labels: {} }, prior, { defaultLabels: {} });

  expect(planned["effective_labels"]).toEqual({ rollout: "r1" });
});

test("labels add up: attribution, the provider's, the resource's own on top", () => {
  const { planned } = plan("google_pubsub_topic", { name: "t", labels: { team: "churn", env: "own" } });

  const merged = { "goog-terraform-provisioned": "true", env: "own", team: "churn" };
  expect(planned).toMatchObject({
    labels: { team: "churn", env: "own" },
    terraform_labels: merged,
    effective_labels: merged,
  });
});

test("attribution can be turned off, stays on what has it, and is not added to what has none", () => {
  const labels = (more: Partial<Configuration>, effective?: ValueObject) =>
    plan("google_pubsub_topic", { name: "t" }, effective && { name: "t", effective_labels: effective }, more).planned[
      "effective_labels"
    ];

  expect(labels({ attributionLabel: false })).toEqual({ env: "dev" });
  expect(labels({}, { env: "dev" })).toEqual({ env: "dev" });
  expect(labels({ attributionLabel: false }, { "goog-terraform-provisioned": "true" })).toEqual({
    "goog-terraform-provisioned": "true",
    env: "dev",
  });
});

test("labels that are not known yet make their sums unknown", () => {
  expect(plan("google_pubsub_topic", { name: "t", labels: { team: UNKNOWN, env: "dev" } }).planned).toMatchObject({
    labels: UNKNOWN,
    effective_labels: UNKNOWN,
  });
});

test("what Google decided is kept when a resource changes", () => {
  const prior = {
    id: "projects/acme/subscriptions/raw",
    name: "raw",
    topic: "t",
    project: "acme",
    ack_deadline_seconds: 10,
    message_retention_duration: "604800s",
    expiration_policy: [{ ttl: "2678400s" }],
  };
  const { planned, replaces } = plan(
    "google_pubsub_subscription",
    { name: "raw", topic: "t", retain_acked_messages: true },
    prior,
  );

  expect(planned).toMatchObject({ ...prior, retain_acked_messages: true });
  expect(replaces).toEqual([]);
});

test("a change of what identifies a resource, also inside of a block, replaces it", () => {
  const prior = { name: "n", time_partitioning: [{ type: "DAY", field: "at" }], table_id: "t", dataset_id: "d" };
  const table = (more: ValueObject) => plan("google_bigquery_table", { ...prior, ...more }, prior).replaces;

  expect(table({})).toEqual([]);
  expect(table({ dataset_id: "other" })).toEqual([["dataset_id"]]);
  expect(table({ dataset_id: UNKNOWN })).toEqual([["dataset_id"]]);
  expect(table({ time_partitioning: [{ type: "DAY", field: "other" }] })).toEqual([["time_partitioning", 0, "field"]]);
});

test("elements of sets are matched by what the configuration says, in any order", () => {
  const rule = (id: string) => ({
    id,
    action: "DELETE",
    condition: [{ tag_state: "UNTAGGED", older_than: "1s", newer_than: "" }],
  });
  const config = (...ids: string[]) => ({ repository_id: "r", format: "DOCKER", cleanup_policies: ids.map(rule) });
  const { planned } = plan("google_artifact_registry_repository", config("a", "b"));
  const again = plan("google_artifact_registry_repository", config("b", "a"), planned).planned;

  expect(again["cleanup_policies"]).toEqual([...(planned["cleanup_policies"] as ValueObject[])].reverse());
});

test("absent texts inside of sets are empty, absent numbers are absent", () => {
  const lifecycle = [{ action: [{ type: "Delete" }], condition: [{ age: 3 }] }];
  const { planned } = plan("google_storage_bucket", { name: "data", location: "eu", lifecycle_rule: lifecycle });

  expect(planned["lifecycle_rule"]).toMatchObject([
    {
      action: [{ type: "Delete", storage_class: "" }],
      condition: [{ age: 3, created_before: "", num_newer_versions: null }],
    },
  ]);
});

test("new content renews an object's checksums, other changes do not", () => {
  const prior = {
    name: "o",
    bucket: "b",
    content: "a",
    crc32c: "x==",
    md5hash: "y==",
    detect_md5hash: "different hash",
  };
  const object = (more: ValueObject) =>
    plan("google_storage_bucket_object", { name: "o", bucket: "b", content: "a", ...more }, prior).planned;

  expect(object({})).toMatchObject({ crc32c: "x==", md5hash: "y==" });
  expect(object({ content: "b" })).toMatchObject({ crc32c: UNKNOWN, md5hash: UNKNOWN });
});

test("the provider's value for 'not set' is planned as not set, another one is planned", () => {
  const period = (config: string | null, prior?: string | null) => {
    const budget = (calendar_period: string | null) => ({
      billing_account: "0",
      budget_filter: [{ calendar_period }],
    });
    const { planned } = plan("google_billing_budget", budget(config), prior === undefined ? prior : budget(prior));
    return (planned["budget_filter"] as ValueObject[])[0]!["calendar_period"];
  };

  expect(period("MONTH")).toBeNull();
  expect(period(null, "MONTH")).toBe("MONTH");
  expect(period("MONTH", null)).toBeNull();
  expect(period("MONTH", "YEAR")).toBe("MONTH");
  expect(period("YEAR", null)).toBe("YEAR");
});

test("some types are not marked as made by Terraform", () => {
  const labels = (type: string, config: ValueObject) => plan(type, config).planned["effective_labels"];

  expect(labels("google_dataproc_cluster", { name: "c" })).toEqual({ env: "dev" });
  expect(labels("google_compute_global_forwarding_rule", { name: "c", target: "all-apis" })).toEqual({ env: "dev" });
  expect(labels("google_compute_global_forwarding_rule", { name: "c", target: "proxy" })).toMatchObject({
    "goog-terraform-provisioned": "true",
  });
});

test("lists with an element that is not known are not known", () => {
  const policy = { display_name: "p", combiner: "OR", notification_channels: ["a", UNKNOWN] };

  expect(plan("google_monitoring_alert_policy", policy).planned["notification_channels"]).toBe(UNKNOWN);
});
