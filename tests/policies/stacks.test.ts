import { checkEnvironment, formatFinding } from "../../policies/check";
import { stackPolicies } from "../../policies/policies";

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

interface Broken {
  readonly right: Resources;
  /** Types that change; none of a type where it is undefined. */
  readonly wrong: Readonly<Record<string, Resources[string] | undefined>>;
  readonly line: string;
}

const logs = ["activity", "data_access", "system_event", "policy"];
const trail = {
  google_project_service: { Kms: { service: "cloudkms.googleapis.com" } },
  google_logging_project_bucket_config: { Audit: { locked: true, retention_days: 400 } },
  google_logging_project_sink: {
    Sink: {
      destination: "logging.googleapis.com/${google_logging_project_bucket_config.Audit.id}",
      filter: logs.map((log) => `log_id("cloudaudit.googleapis.com/${log}")`).join(" OR "),
    },
  },
};
const audited = {
  Audit: {
    service: "allServices",
    audit_log_config: ["ADMIN_READ", "DATA_READ", "DATA_WRITE"].map((log_type) => ({ log_type })),
  },
};
const grant = {
  topic: "events",
  role: "roles/pubsub.publisher",
  member: "serviceAccount:runner@acme-ml-dev.iam.gserviceaccount.com",
};
const key = { google_kms_crypto_key: { Key: { name: "data", lifecycle: { prevent_destroy: true } } } };
const job = { service_account_email: "one@acme-ml-dev.iam.gserviceaccount.com" };

const changes = {
  google_logging_project_sink: {
    Changes: { name: "changes", destination: "pubsub.googleapis.com/projects/acme-ml-dev/topics/events" },
  },
};
const writer = { ...grant, member: "${google_logging_project_sink.Changes.writer_identity}" };
const agent = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";
const dead = {
  google_pubsub_subscription: {
    Raw: {
      name: "raw",
      topic: "events",
      dead_letter_policy: { dead_letter_topic: "projects/acme-ml-dev/topics/dead" },
    },
  },
  google_pubsub_topic_iam_member: { Publisher: { ...grant, topic: "dead", member: agent } },
  google_pubsub_subscription_iam_member: {
    Subscriber: { subscription: "raw", role: "roles/pubsub.subscriber", member: agent },
  },
};

const bound = "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/pubsub.publisher'])";
const deployer = {
  project: "acme-ml-dev",
  role: "${google_project_iam_custom_role.Deployer.name}",
  member: "serviceAccount:deployer@acme-ml-dev.iam.gserviceaccount.com",
};
const account = "projects/acme-ml-dev/serviceAccounts/";
const lent = {
  service_account_id: `${account}deployer@acme-ml-dev.iam.gserviceaccount.com`,
  role: "roles/iam.workloadIdentityUser",
  member: "principalSet://x/attribute.environment/dev",
};
const byJobs = { ...lent, member: "principalSet://x/attribute.repository_id/7" };
const state = { name: "acme-ml-dev-terraform-state" };

const endpoint = { Churn: { name: "500944792", location: "europe-west4" } };
const rollout = {
  stages: [{ share: 100 }],
  endpoint: "projects/acme-ml-dev/locations/europe-west4/endpoints/500944792",
};

const broken: Readonly<Record<string, Broken>> = {
  "billing/project-has-budget": {
    right: { ...trail, google_billing_budget: { Budget: {} } },
    wrong: { google_billing_budget: undefined },
    line: "dev google_billing_budget: must send mail before the project costs more than planned: add it",
  },
  "cloudquotas/preference-is-protected": {
    right: { google_cloud_quotas_quota_preference: { Q: { lifecycle: { prevent_destroy: true } } } },
    wrong: { google_cloud_quotas_quota_preference: { Q: {} } },
    line: "dev google_cloud_quotas_quota_preference.Q: 'lifecycle.prevent_destroy' must be true, unless the environment says 'quotas.protected: false'",
  },
  "compute/network-denies-ingress": {
    right: {
      google_compute_network: { Net: { name: "ml" } },
      google_compute_firewall: {
        Deny: { network: "${google_compute_network.Net.id}", deny: { protocol: "all" }, source_ranges: ["0.0.0.0/0"] },
      },
    },
    wrong: { google_compute_firewall: undefined },
    line: "dev google_compute_network.Net: the network must have a google_compute_firewall that denies all INGRESS from 0.0.0.0/0: add it",
  },
  "iam/grants-are-bounded": {
    right: {
      google_project_iam_custom_role: {
        Deployer: { role_id: "deployer", permissions: ["pubsub.topics.setIamPolicy"] },
      },
      google_project_iam_member: {
        Deployer: { ...deployer, condition: { title: "bound", expression: `${bound} || ${bound}` } },
        Reader: { ...deployer, role: "roles/viewer" },
      },
    },
    wrong: {
      google_project_iam_member: {
        Deployer: { ...deployer, condition: { title: "bound", expression: `${bound} || resource.service == 'x'` } },
      },
    },
    line: "dev google_project_iam_member.Deployer: 'condition.expression' must bound the grants that the role can change: api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([...])",
  },
  "iam/deployer-is-lent-to-deployments": {
    right: {
      google_project_iam_member: { Deployer: { ...deployer, role: "roles/resourcemanager.projectIamAdmin" } },
      google_service_account_iam_member: {
        Deployments: lent,
        Jobs: { ...byJobs, service_account_id: `${account}planner@x` },
      },
    },
    wrong: { google_service_account_iam_member: { Jobs: byJobs } },
    line: "dev google_service_account_iam_member.Jobs: 'member' must be jobs of one environment or branch, such as .../attribute.environment/prod, got principalSet://x/attribute.repository_id/7",
  },
  "iam/granted-once": {
    right: { google_pubsub_topic_iam_member: { One: grant, Other: { ...grant, topic: "other" } } },
    wrong: { google_pubsub_topic_iam_member: { One: grant, Other: { ...grant, topic: "projects/p/topics/events" } } },
    line: "dev google_pubsub_topic_iam_member.Other: the same grant must not be made twice, got one in dev google_pubsub_topic_iam_member.One: remove one",
  },
  "iam/one-account-per-workload": {
    right: {
      google_dataflow_job: { One: job, Other: { service_account_email: "two@acme-ml-dev.iam.gserviceaccount.com" } },
    },
    wrong: { google_dataflow_job: { One: job, Other: job } },
    line: "dev google_dataflow_job.Other: 'service_account_email' must be an account of its own, got that of dev google_dataflow_job.One",
  },
  "kms/key-is-granted": {
    right: {
      ...key,
      google_kms_crypto_key_iam_member: { Agent: { crypto_key_id: "${google_kms_crypto_key.Key.id}" } },
    },
    wrong: { google_kms_crypto_key_iam_member: undefined },
    line: "dev google_kms_crypto_key.Key: the key must be granted to the service agents that encrypt with it: add a google_kms_crypto_key_iam_member",
  },
  "logging/audit-bucket-is-locked": {
    right: trail,
    wrong: { google_logging_project_bucket_config: { Audit: { retention_days: 400 } } },
    line: "dev google_logging_project_bucket_config.Audit: 'locked' must be true, got a retention that can be shortened",
  },
  "logging/audit-bucket-keeps-a-year": {
    right: trail,
    wrong: { google_logging_project_bucket_config: { Audit: { locked: true, retention_days: "30" } } },
    line: "dev google_logging_project_bucket_config.Audit: 'retention_days' must be at least 365, got \"30\"",
  },
  "logging/audit-logs-are-kept": {
    right: trail,
    wrong: { google_logging_project_sink: undefined },
    line: "dev google_logging_project_sink: must write the audit logs activity, data_access, system_event, policy to a bucket that keeps them: add it",
  },
  "logging/data-access-is-audited": {
    right: { ...trail, google_project_iam_audit_config: audited },
    wrong: {
      google_project_iam_audit_config: { Audit: { ...audited.Audit, audit_log_config: [{ log_type: "ADMIN_READ" }] } },
    },
    line: 'dev google_project_iam_audit_config: must log ADMIN_READ, DATA_READ, DATA_WRITE of "allServices" in the project: add it',
  },
  "logging/sink-may-write": {
    right: { ...changes, google_pubsub_topic_iam_member: { Writer: writer } },
    wrong: { google_pubsub_topic_iam_member: { Writer: { ...writer, member: grant.member } } },
    line: "dev google_logging_project_sink.Changes: the sink's writer_identity must hold a grant on its destination: add one",
  },
  "pubsub/dead-letter-is-granted": {
    right: dead,
    wrong: { google_pubsub_topic_iam_member: { Publisher: grant } },
    line: "dev google_pubsub_subscription.Raw: Pub/Sub's service agent must hold 'roles/pubsub.publisher' on the topic 'dead' to move dead letters: add the grant",
  },
  "terraform/state-is-kept": {
    right: {
      google_storage_bucket: { State: { ...state, lifecycle: { prevent_destroy: true } }, Other: { name: "other" } },
    },
    wrong: { google_storage_bucket: { State: state } },
    line: "dev google_storage_bucket.State: 'lifecycle.prevent_destroy' must be true: the states of the environment are in it",
  },
  "vertex-ai/split-is-left-to-rollouts": {
    right: {
      google_vertex_ai_endpoint: endpoint,
      google_storage_bucket_object: { Policy: { name: "propensity.json", content: JSON.stringify(rollout) } },
    },
    wrong: { google_vertex_ai_endpoint: { Churn: { ...endpoint.Churn, traffic_split: '{"1":100}' } } },
    line: "dev google_vertex_ai_endpoint.Churn: 'traffic_split' must be left out, the rollout policy dev google_storage_bucket_object.Policy moves the endpoint's traffic: remove one",
  },
  "platform/keys-are-kept": {
    right: key,
    wrong: { google_kms_crypto_key: { Key: { name: "data" } } },
    line: "dev google_kms_crypto_key.Key: 'lifecycle.prevent_destroy' must be true, unless the environment says 'deletionProtection: false'",
  },
};

/** The same resources in the other form that Terraform reads: every block a list. */
const asLists = (resources: object) => [
  Object.fromEntries(
    Object.entries(resources).map(([type, named]) => [
      type,
      [Object.fromEntries(Object.entries((named ?? {}) as object).map(([id, args]) => [id, [args]]))],
    ]),
  ),
];

const linesOf = (id: string, resources: object) =>
  [resources, asLists(resources)].map((resource) =>
    checkEnvironment([
      {
        name: "dev",
        json: {
          resource,
          provider: { google: { project: "acme-ml-dev" } },
          terraform: { backend: { gcs: { bucket: state.name } } },
        },
      },
    ])
      .filter(({ policy }) => policy === id)
      .map(formatFinding),
  );

test("every rule over stacks is in the table", () => {
  expect(Object.keys(broken).sort()).toEqual(stackPolicies.map(({ id }) => id).sort());
});

test.each(Object.entries(broken))("%s", (id, { right, wrong, line }) => {
  expect(linesOf(id, right)).toEqual([[], []]);
  expect(linesOf(id, { ...right, ...wrong })).toEqual([[`${line} [${id}]`], [`${line} [${id}]`]]);
});

test("a switch that only Terraform knows passes", () => {
  const locked = {
    google_logging_project_bucket_config: { Audit: { locked: "${var.locked}", retention_days: "${var.days}" } },
  };
  for (const id of ["logging/audit-bucket-is-locked", "logging/audit-bucket-keeps-a-year"]) {
    expect(linesOf(id, { ...trail, ...locked })).toEqual([[], []]);
  }
});

test("what every project must have may be in any stack of it", () => {
  const [services, ...rest] = [
    { google_project_service: trail.google_project_service },
    { google_billing_budget: { B: {} } },
    { ...trail },
  ];
  const environment = [services, ...rest].map((resource, index) => ({ name: `dev-${index}`, json: { resource } }));
  const ids = checkEnvironment(environment).map(({ policy }) => policy);
  expect(ids).not.toContain("billing/project-has-budget");
  expect(ids).not.toContain("logging/audit-logs-are-kept");
});

test.each([
  ["a role of Google", { role: "roles/resourcemanager.projectIamAdmin" }],
  ["a role that another stack makes", { role: "projects/acme-ml-dev/roles/deployer" }],
  ["a role that this stack makes", {}],
])("whoever holds %s that changes grants needs a bound", (_, role) => {
  const roles = { Deployer: { role_id: "deployer", permissions: ["pubsub.topics.setIamPolicy"] } };
  const found = (condition?: object) =>
    linesOf("iam/grants-are-bounded", {
      google_project_iam_custom_role: roles,
      google_project_iam_member: { Deployer: { ...deployer, ...role, ...(condition && { condition }) } },
    });
  expect(found().map(({ length }) => length)).toEqual([1, 1]);
  expect(found({ expression: "request.time < timestamp('2030-01-01T00:00:00Z')" })[0]).toHaveLength(1);
  expect(found({ expression: bound })).toEqual([[], []]);
});

test("a state is kept with its key", () => {
  const encryption = { default_kms_key_name: "${google_kms_crypto_key.Key.id}" };
  const found = (lifecycle: object) =>
    linesOf("terraform/state-is-kept", {
      google_storage_bucket: { State: { ...state, encryption, lifecycle: { prevent_destroy: true } } },
      google_kms_crypto_key: { Key: { name: "state", ...lifecycle } },
    });
  expect(found({ lifecycle: { prevent_destroy: true } })).toEqual([[], []]);
  expect(found({})[1]).toEqual([
    "dev google_storage_bucket.State: 'lifecycle.prevent_destroy' must be true of google_kms_crypto_key.Key: the states cannot be read without their key [terraform/state-is-kept]",
  ]);
});

test("a state that is retained stays locked", () => {
  const kept = { ...state, lifecycle: { prevent_destroy: true }, retention_policy: { retention_period: 86_400 } };
  expect(linesOf("terraform/state-is-kept", { google_storage_bucket: { State: kept } })[0]).toEqual([
    "dev google_storage_bucket.State: 'retention_policy' must not be set: Terraform deletes its lock when it is done [terraform/state-is-kept]",
  ]);
});
