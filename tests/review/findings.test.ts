import { decodePlan } from "../../tools/review/plan/decode";
import type { ReviewFinding } from "../../tools/review/review";
import { reviewPlans } from "../../tools/review/review-plans";
import { reviewRules } from "../../tools/review/rules/rules";
import { findRealPlans } from "../sandbox/support/real-plans";
import { change, type Extra, unchanged } from "./support/planned";

function findings(...stacks: readonly (readonly Extra[])[]): readonly ReviewFinding[] {
  const inputs = stacks.map((changes, index) => {
    const name = `dev-stack-${index}`;
    return { name, plan: decodePlan(name, { format_version: "1.2", resource_changes: changes }) };
  });
  return reviewPlans(inputs, { failOn: "high" }).findings;
}

const lines = (found: readonly ReviewFinding[]) =>
  found.map(({ severity, address, message, rule }) => `${severity} ${address}: ${message} [${rule}]`);

const topic = (label: string) => ({
  name: "events",
  kms_key_name: "k",
  message_retention_duration: "86400s",
  message_storage_policy: [{ allowed_persistence_regions: ["europe-west4"] }],
  labels: { label },
});

test("of 200 harmless changes, a destroyed dataset and a widened role, the last two come first", () => {
  const harmless = Array.from({ length: 200 }, (_, index) =>
    change("google_pubsub_topic", topic("a"), topic("b"), { name: `t${String(index).padStart(3, "0")}` }),
  );
  const grant = { project: "acme", member: "group:all@acme.example" };
  const found = findings([
    ...harmless.slice(0, 120),
    change(
      "google_project_iam_member",
      { ...grant, role: "roles/viewer" },
      { ...grant, role: "roles/owner" },
      { change: { actions: ["delete", "create"] } },
    ),
    change("google_bigquery_dataset", { dataset_id: "raw" }, null),
    ...harmless.slice(120),
  ]);
  expect(lines(found).slice(0, 2)).toEqual([
    "critical google_bigquery_dataset.it: a dataset with its tables is destroyed [data/destroyed]",
    "high google_project_iam_member.it: group:all@acme.example gets roles/owner on project acme [access/broad-role]",
  ]);
  expect(found.filter(({ address }) => address.startsWith("google_pubsub_topic"))).toEqual([]);
});

describe("policies over planned values", () => {
  const open = {
    name: "a",
    public_access_prevention: "inherited",
    uniform_bucket_level_access: true,
    encryption: [{ default_kms_key_name: "k" }],
  };
  const closed = { ...open, public_access_prevention: "enforced" };
  const ofPolicy = (changes: readonly Extra[]) =>
    lines(findings(changes)).filter((line) => line.includes("[storage/bucket-is-private]"));
  const message = `'public_access_prevention' must be "enforced", got "inherited"`;

  test("are high where the plan breaks one, and a note where the object broke it before", () => {
    const broken = `google_storage_bucket.it: ${message} [storage/bucket-is-private]`;
    expect(ofPolicy([change("google_storage_bucket", closed, open)])).toEqual([`high ${broken}`]);
    expect(ofPolicy([change("google_storage_bucket", null, open)])).toEqual([`high ${broken}`]);
    expect(ofPolicy([change("google_storage_bucket", open, { ...open, labels: { a: "b" } })])).toEqual([
      `low ${broken}`,
    ]);
  });

  test("say nothing of what stays as it is, or gets better", () => {
    expect(
      ofPolicy([
        unchanged("google_storage_bucket", open),
        change("google_storage_bucket", open, closed, { name: "b" }),
      ]),
    ).toEqual([]);
  });

  test("look over all stacks that are planned, and tell what is newly broken", () => {
    const grant = {
      project: "acme",
      bucket: "a",
      role: "roles/storage.objectViewer",
      member: "group:all@acme.example",
    };
    const member = "google_storage_bucket_iam_member";
    const stacks = [[unchanged(member, grant)], [change(member, null, grant)]];
    expect(lines(findings(...stacks)).filter((line) => line.includes("[iam/granted-once]"))).toEqual([
      `high ${member}.it: the same grant must not be made twice, got one in dev-stack-0 ${member}.it: remove one [iam/granted-once]`,
    ]);
    const both = [
      [unchanged(member, grant)],
      [unchanged(member, grant), change("google_pubsub_topic", topic("a"), topic("b"))],
    ];
    expect(findings(...both)).toEqual([]);
  });
});

const plans = findRealPlans();

(plans ? test : test.skip)("a new environment, as the real provider plans it, is hardly a risk", () => {
  const found = findings(
    ...(plans?.names ?? []).map((name) => [...plans!.planOf(name).values()].map((each) => ({ ...each }))),
  );
  const ids = reviewRules.map(({ id }) => id);
  const paidFor = found.filter(({ rule }) => rule === "cost/new");
  expect(paidFor.map(({ severity, address }) => `${severity} ${address}`)).toEqual([
    "low google_bigtable_instance.bt",
    "low google_dataproc_cluster.c",
    "low google_managed_kafka_cluster.k",
    "low google_spanner_instance.s",
    "low google_colab_runtime_template.rt",
    "low google_vertex_ai_feature_online_store.bt",
    "low google_vertex_ai_index_endpoint_deployed_index.di",
    "low google_workbench_instance.nb",
    "low google_cloud_run_v2_service.s",
    "low google_vertex_ai_deployment_resource_pool.p",
    "low google_vertex_ai_endpoint_with_model_garden_deployment.g",
  ]);
  expect(lines(found.filter(({ rule }) => rule !== "cost/new" && ids.includes(rule)))).toEqual([
    ...['f["ds"]', 'f["kafka"]', 'f["yaml"]'].map(
      (name) =>
        `low google_dataflow_flex_template_job.${name}: a Dataflow job starts: one that streams runs until somebody stops it [cost/always-on]`,
    ),
    "low google_dataflow_job.classic: a Dataflow job starts: one that streams runs until somebody stops it [cost/always-on]",
  ]);
});

test("a policy does not tell a short value that the plan marks as sensitive", () => {
  const marked = change("google_pubsub_topic", null, { ...topic("a"), message_retention_duration: "1s" });
  const [finding] = findings([
    {
      ...marked,
      change: { ...(marked as { change: object }).change, after_sensitive: { message_retention_duration: true } },
    },
  ]).filter(({ message }) => message.includes("message_retention_duration"));
  expect(finding?.message).toBe(
    '\'message_retention_duration\' must be seconds from "600s" to "2678400s", got (sensitive value)',
  );
});
