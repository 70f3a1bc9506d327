import { accessChangesOf, isBroadened } from "../../../tools/review/access";
import {
  change,
  type Extra,
  found,
  forgotten,
  replacedAndForgotten,
  replaced,
  stackOf,
  testRule,
  unchanged,
  type Values,
} from "../support/planned";

const ada = "user:ada@acme.example";
const bob = "user:bob@acme.example";
const bucketGrant = "google_storage_bucket_iam_member";
const reader = { bucket: "b/acme-landing", role: "roles/storage.objectViewer", member: ada, condition: [] };
const existing = unchanged("google_storage_bucket", { name: "acme-landing" });
const when = (expression: string) => [{ title: "a", description: "", expression }];

/** Rows of the access table: effect, member, role, resource and condition. */
function rows(...changes: readonly Extra[]): string[] {
  return accessChangesOf([stackOf(changes)]).map(({ effect, member, role, resource, condition }) =>
    [member, effect, role, "on", resource, ...(condition === null ? [] : ["where", condition])].join(" "),
  );
}

describe("the access table", () => {
  const cases: readonly [what: string, change: Extra, rows: readonly string[]][] = [
    [
      "a member that gets a role",
      change(bucketGrant, null, reader),
      [`${ada} gets roles/storage.objectViewer on storage bucket acme-landing`],
    ],
    [
      "a member that loses a role",
      change(bucketGrant, reader, null),
      [`${ada} loses roles/storage.objectViewer on storage bucket acme-landing`],
    ],
    ["a grant that is replaced by the same grant", change(bucketGrant, reader, { ...reader }, replaced), []],
    ["a grant that Terraform forgets, and Google keeps", change(bucketGrant, reader, null, forgotten), []],
    [
      "a grant that Google keeps, and another beside it",
      change(bucketGrant, reader, { ...reader, member: bob }, replacedAndForgotten),
      [`${bob} gets roles/storage.objectViewer on storage bucket acme-landing`],
    ],
    [
      "members of a binding that come and go",
      change(
        "google_project_iam_binding",
        { project: "acme", role: "roles/viewer", members: [ada] },
        { project: "acme", role: "roles/viewer", members: [bob] },
      ),
      [`${bob} gets roles/viewer on project acme`, `${ada} loses roles/viewer on project acme`],
    ],
    [
      "a policy as JSON",
      change(
        "google_pubsub_topic_iam_policy",
        { topic: "projects/acme/topics/events", policy_data: '{"bindings":[]}' },
        {
          topic: "projects/acme/topics/events",
          policy_data: JSON.stringify({
            bindings: [{ role: "roles/pubsub.publisher", members: [ada], condition: { expression: "true" } }],
          }),
        },
      ),
      [`${ada} gets roles/pubsub.publisher on pubsub topic events where true`],
    ],
    [
      "a member that is known after apply",
      change(bucketGrant, null, { ...reader, member: undefined }, { change: { after_unknown: { member: true } } }),
      ["(known after apply) may get roles/storage.objectViewer on storage bucket acme-landing"],
    ],
    [
      "a policy that is known after apply",
      change(
        "google_project_iam_policy",
        { project: "acme", policy_data: JSON.stringify({ bindings: [{ role: "roles/owner", members: [ada] }] }) },
        { project: "acme" },
        { change: { after_unknown: { policy_data: true } } },
      ),
      ["(known after apply) may get (known after apply) on project acme", `${ada} loses roles/owner on project acme`],
    ],
    [
      "entries of a dataset's access list",
      change(
        "google_bigquery_dataset",
        { dataset_id: "raw", access: [{ role: "READER", group_by_email: "a@acme.example" }] },
        {
          dataset_id: "raw",
          access: [
            { role: "READER", special_group: "allAuthenticatedUsers" },
            { view: [{ project_id: "acme", dataset_id: "marts", table_id: "v" }] },
          ],
        },
      ),
      [
        "allAuthenticatedUsers gets READER on bigquery dataset raw",
        "view acme.marts.v gets reads for whoever may use it on bigquery dataset raw",
        "group:a@acme.example loses READER on bigquery dataset raw",
      ],
    ],
    [
      "an access entry that stands by itself",
      change("google_bigquery_dataset_access", null, {
        dataset_id: "raw",
        role: "OWNER",
        user_by_email: "ada@acme.example",
      }),
      ["user:ada@acme.example gets OWNER on bigquery dataset raw"],
    ],
    [
      "an access list of a bucket",
      change("google_storage_bucket_acl", null, { bucket: "acme-landing", role_entity: ["READER:allUsers"] }),
      ["allUsers gets READER on storage acme-landing"],
    ],
    [
      "a deny policy that denies less",
      change("google_iam_deny_policy", denied(["principalSet://goog/public:all"]), denied([])),
      ["principalSet://goog/public:all gets no longer denied: iam.googleapis.com/roles.create on deny policy of acme"],
    ],
    [
      "a custom role that gains a permission, by those who hold it",
      change(
        "google_project_iam_custom_role",
        { role_id: "rollout", permissions: ["a.b.get"] },
        { role_id: "rollout", permissions: ["a.b.get", "a.b.delete"] },
      ),
      ["whoever holds the role gets a.b.delete on custom role rollout"],
    ],
    [
      "a provider of identities whose condition changes",
      change(
        "google_iam_workload_identity_pool_provider",
        provider("attribute.repository == 'acme/ml'"),
        provider(null),
      ),
      [
        "identities of https://token.actions.githubusercontent.com gets signs in on workload identity pool ci/github",
        "identities of https://token.actions.githubusercontent.com loses signs in on workload identity pool ci/github where attribute.repository == 'acme/ml'",
      ],
    ],
  ];

  test.each(cases)("%s", (_, planned, expected) => {
    expect(rows(planned)).toEqual(expected);
  });

  test("a grant that moves to another address and stack is none", () => {
    const [from, to] = [
      stackOf([change(bucketGrant, reader, null, { name: "old" })], {}, "one"),
      stackOf([change(bucketGrant, null, reader, { name: "new" })], {}, "other"),
    ];
    expect(accessChangesOf([from, to])).toEqual([]);
    expect(isBroadened(accessChangesOf([from, to]))).toBe(false);
    expect(isBroadened(accessChangesOf([to]))).toBe(true);
  });

  const moves: readonly [what: string, change: Extra, rows: readonly string[]][] = [
    [
      "a grant on a secret that moves to another project",
      change(
        "google_secret_manager_secret_iam_member",
        { project: "acme-dev", secret_id: "token", role: "r", member: ada },
        { project: "acme-prod", secret_id: "token", role: "r", member: ada },
        replaced,
      ),
      [
        `${ada} gets r on secret manager secret token of acme-prod`,
        `${ada} loses r on secret manager secret token of acme-dev`,
      ],
    ],
    [
      "a grant on a key that moves to the key of the same name elsewhere",
      change(
        "google_kms_crypto_key_iam_member",
        { crypto_key_id: "projects/acme/locations/europe-west4/keyRings/ml/cryptoKeys/k", role: "r", member: ada },
        { crypto_key_id: "projects/acme/locations/us-east1/keyRings/ml/cryptoKeys/k", role: "r", member: ada },
        replaced,
      ),
      [
        `${ada} gets r on kms crypto key ml/k of acme/us-east1`,
        `${ada} loses r on kms crypto key ml/k of acme/europe-west4`,
      ],
    ],
    [
      "a grant that is written in another way",
      change(
        "google_pubsub_topic_iam_member",
        { project: "acme", topic: "projects/acme/topics/events", role: "r", member: ada },
        { project: "acme", topic: "events", role: "r", member: ada },
        replaced,
      ),
      [],
    ],
    [
      "a grant that is replaced, while Terraform works out the project again",
      change(
        "google_secret_manager_secret_iam_member",
        { project: "acme", secret_id: "token", role: "r", member: ada },
        { secret_id: "token", role: "r", member: ada },
        { change: { ...replaced.change, replace_paths: [["secret_id"]], after_unknown: { project: true } } },
      ),
      [],
    ],
    [
      "a grant whose other project is known after apply",
      change(
        "google_secret_manager_secret_iam_member",
        { project: "acme", secret_id: "token", role: "r", member: ada },
        { secret_id: "token", role: "r", member: ada },
        { change: { ...replaced.change, replace_paths: [["project"]], after_unknown: { project: true } } },
      ),
      [
        `${ada} may get r on secret manager secret token of (known after apply)`,
        `${ada} loses r on secret manager secret token of acme`,
      ],
    ],
    [
      "an entry of a dataset's access list that moves to another project",
      change(
        "google_bigquery_dataset_access",
        { project: "acme-dev", dataset_id: "raw", role: "READER", iam_member: ada },
        { project: "acme-prod", dataset_id: "raw", role: "READER", iam_member: ada },
        replaced,
      ),
      [
        `${ada} gets READER on bigquery dataset raw of acme-prod`,
        `${ada} loses READER on bigquery dataset raw of acme-dev`,
      ],
    ],
  ];

  test.each(moves)("%s", (_, planned, expected) => {
    expect(rows(planned)).toEqual(expected);
  });

  test("two of one name in two stacks are no swap", () => {
    const secret = { secret_id: "token", role: "r", member: ada };
    const grant = "google_secret_manager_secret_iam_member";
    const [from, to] = [
      stackOf([change(grant, { ...secret, project: "acme-dev" }, null)], {}, "one"),
      stackOf([change(grant, null, { ...secret, project: "acme-prod" })], {}, "other"),
    ];
    expect(isBroadened(accessChangesOf([from, to]))).toBe(true);
  });

  test("a resource is named without its project and location", () => {
    const key = "projects/acme/locations/europe-west4/keyRings/ml/cryptoKeys/storage";
    const granted = change("google_kms_crypto_key_iam_member", null, { crypto_key_id: key, role: "r", member: ada });
    expect(rows(granted)).toEqual([`${ada} gets r on kms crypto key ml/storage`]);
  });
});

testRule(
  "access/public",
  [
    [
      "google_cloud_run_v2_service_iam_member",
      null,
      { name: "api", role: "roles/run.invoker", member: "allUsers" },
      "critical: allUsers gets roles/run.invoker on cloud run v2 service api",
    ],
  ],
  [
    ["google_cloud_run_v2_service_iam_member", null, { name: "api", role: "roles/run.invoker", member: ada }],
    ["google_cloud_run_v2_service_iam_member", { name: "api", role: "roles/run.invoker", member: "allUsers" }, null],
  ],
);

testRule(
  "access/broad-role",
  [
    [
      "google_project_iam_member",
      null,
      { project: "acme", role: "roles/editor", member: ada },
      `high: ${ada} gets roles/editor on project acme`,
    ],
    [
      "google_project_iam_member",
      null,
      { project: "acme", role: "roles/bigquery.admin", member: ada },
      `high: ${ada} gets roles/bigquery.admin on project acme`,
    ],
  ],
  [["google_project_iam_member", null, { project: "acme", role: "roles/bigquery.jobUser", member: ada }]],
);

testRule(
  "access/impersonation",
  [
    [
      "google_project_iam_member",
      null,
      { project: "acme", role: "roles/iam.serviceAccountTokenCreator", member: ada },
      `high: ${ada} gets roles/iam.serviceAccountTokenCreator on project acme`,
    ],
  ],
  [["google_project_iam_member", { project: "acme", role: "roles/iam.serviceAccountUser", member: ada }, null]],
);

testRule(
  "access/condition",
  [
    [
      bucketGrant,
      { ...reader, condition: when("resource.name.endsWith('/crm')") },
      reader,
      replaced,
      `high: ${ada} gets roles/storage.objectViewer on storage bucket acme-landing, until now where resource.name.endsWith('/crm')`,
    ],
    [
      bucketGrant,
      { ...reader, condition: when("false") },
      { ...reader, condition: when("true") },
      replaced,
      `medium: ${ada} gets roles/storage.objectViewer on storage bucket acme-landing, where true, until now where false`,
    ],
  ],
  [
    [bucketGrant, reader, { ...reader, bucket: "acme-landing" }, replaced],
    [bucketGrant, null, { ...reader, condition: when("true") }],
  ],
);

testRule(
  "access/custom-role",
  [
    [
      "google_project_iam_custom_role",
      { role_id: "rollout", permissions: [] },
      { role_id: "rollout", permissions: ["resourcemanager.projects.setIamPolicy"] },
      "high: whoever holds the role gets resourcemanager.projects.setIamPolicy on custom role rollout",
    ],
    [
      "google_project_iam_custom_role",
      { role_id: "rollout", permissions: [] },
      { role_id: "rollout", permissions: ["aiplatform.endpoints.get"] },
      "medium: whoever holds the role gets aiplatform.endpoints.get on custom role rollout",
    ],
  ],
  [
    ["google_project_iam_custom_role", null, { role_id: "rollout", permissions: ["aiplatform.endpoints.get"] }],
    [
      "google_project_iam_custom_role",
      { role_id: "rollout", permissions: ["a.b.c"] },
      { role_id: "rollout", permissions: [] },
    ],
  ],
);

describe("access/custom-role-granted", () => {
  const role = (permissions: readonly string[], project = "acme") =>
    change("google_project_iam_custom_role", null, { project, role_id: "helper", permissions });
  const grant = (values: object = {}, extra: Extra = {}) =>
    change(
      "google_project_iam_member",
      null,
      { project: "acme", role: "projects/acme/roles/helper", member: ada, ...values },
      extra,
    );
  const privileged = role([
    "resourcemanager.projects.setIamPolicy",
    "iam.serviceAccountKeys.create",
    "aiplatform.endpoints.get",
  ]);
  const finds = (...changes: readonly Extra[]) => found("access/custom-role-granted", stackOf(changes));

  test("says what the role holds that leads to more", () => {
    expect(finds(privileged, grant())).toEqual([
      `high google_project_iam_member.it: ${ada} gets projects/acme/roles/helper on project acme, which holds resourcemanager.projects.setIamPolicy, iam.serviceAccountKeys.create`,
    ]);
    expect(found("access/broadened", stackOf([privileged, grant()]))).toEqual([]);
  });

  test("looks into a new role whose name only Terraform will know", () => {
    const unnamed = grant({ role: undefined }, { change: { after_unknown: { role: true } } });
    expect(finds(privileged, unnamed)).toEqual([
      `high google_project_iam_member.it: ${ada} may get (known after apply) on project acme, which may hold resourcemanager.projects.setIamPolicy, iam.serviceAccountKeys.create`,
    ]);
  });

  test("looks into the new role that the configuration names, among several", () => {
    const unnamed = grant({ role: undefined }, { change: { after_unknown: { role: true } } });
    const harmless = change(
      "google_project_iam_custom_role",
      null,
      { project: "acme", role_id: "reader", permissions: ["aiplatform.endpoints.get"] },
      { name: "reader" },
    );
    const named = (role: string) => {
      const references = [`google_project_iam_custom_role.${role}.name`, `google_project_iam_custom_role.${role}`];
      const resource = { address: unnamed["address"], type: unnamed["type"], expressions: { role: { references } } };
      return stackOf([privileged, harmless, unnamed], { configuration: { root_module: { resources: [resource] } } });
    };
    expect(found("access/custom-role-granted", named("reader"))).toEqual([]);
    expect(found("access/custom-role-granted", named("it"))).toEqual([
      `high google_project_iam_member.it: ${ada} may get (known after apply) on project acme, which may hold resourcemanager.projects.setIamPolicy, iam.serviceAccountKeys.create`,
    ]);
  });

  test("looks into a role that another stack leaves as it is", () => {
    const values = { project: "acme", role_id: "helper", permissions: ["iam.serviceAccounts.actAs"] };
    const [one, other] = [
      stackOf([unchanged("google_project_iam_custom_role", values)], {}, "one"),
      stackOf([grant()], {}, "other"),
    ];
    expect(found("access/custom-role-granted", other, [one, other])).toEqual([
      `high google_project_iam_member.it: ${ada} gets projects/acme/roles/helper on project acme, which holds iam.serviceAccounts.actAs`,
    ]);
  });

  test("weighs less for an account that is new", () => {
    const account = change("google_service_account", null, { account_id: "trainer" });
    const member = "serviceAccount:trainer@acme.iam.gserviceaccount.com";
    expect(finds(account, privileged, grant({ member })).map((line) => line.split(" ")[0])).toEqual(["medium"]);
  });

  test("leaves a role that leads to nothing, and one of the same id in another project", () => {
    expect(finds(role(["aiplatform.endpoints.get"]), grant())).toEqual([]);
    expect(finds(role(["iam.serviceAccounts.actAs"], "other"), grant())).toEqual([]);
  });

  test("a condition that changes on such a grant weighs as much as one on a broad role", () => {
    const values = { project: "acme", role: "projects/acme/roles/helper", member: ada };
    const changed = change(
      "google_project_iam_member",
      { ...values, condition: when("false") },
      { ...values, condition: when("true") },
      replaced,
    );
    expect(found("access/condition", stackOf([privileged, changed]))).toEqual([
      `high google_project_iam_member.it: ${ada} gets projects/acme/roles/helper on project acme, where true, until now where false, which holds resourcemanager.projects.setIamPolicy, iam.serviceAccountKeys.create`,
    ]);
  });
});

testRule(
  "access/denial-lifted",
  [
    [
      "google_iam_deny_policy",
      denied(["principalSet://goog/public:all"]),
      null,
      "high: principalSet://goog/public:all gets no longer denied: iam.googleapis.com/roles.create on deny policy of acme",
    ],
    [
      "google_iam_deny_policy",
      denied(["p"]),
      denied(["p"], [ada]),
      `high: ${ada} gets iam.googleapis.com/roles.create on deny policy of acme`,
    ],
  ],
  [
    ["google_iam_deny_policy", denied([]), denied(["p"])],
    ["google_iam_deny_policy", null, denied(["p"], [ada])],
  ],
);

testRule(
  "access/federation",
  [
    [
      "google_iam_workload_identity_pool_provider",
      provider("attribute.repository == 'acme/ml'"),
      provider("attribute.repository_owner == 'acme'"),
      "high: identities of https://token.actions.githubusercontent.com gets signs in on workload identity pool ci/github, where attribute.repository_owner == 'acme', until now where attribute.repository == 'acme/ml'",
    ],
    [
      "google_iam_workload_identity_pool_provider",
      null,
      provider(null),
      "high: identities of https://token.actions.githubusercontent.com gets signs in on workload identity pool ci/github",
    ],
    [
      "google_iam_workload_identity_pool_provider",
      { ...provider("true"), attribute_mapping: { "google.subject": "assertion.sub" } },
      { ...provider("true"), attribute_mapping: { "google.subject": "assertion.actor" } },
      `high: 'attribute_mapping.google.subject' changes from "assertion.sub" to "assertion.actor"`,
    ],
  ],
  [
    ["google_iam_workload_identity_pool_provider", null, provider("attribute.repository == 'acme/ml'")],
    ["google_iam_workload_identity_pool_provider", provider("true"), { ...provider("true"), display_name: "a" }],
  ],
);

testRule(
  "access/authoritative",
  [
    [
      "google_project_iam_binding",
      null,
      { project: "acme", role: "roles/pubsub.viewer", members: [ada] },
      "high: it takes away the role of everybody on project acme that it does not name",
    ],
    [
      "google_project_iam_policy",
      null,
      { project: "acme", policy_data: JSON.stringify({ bindings: [{ role: "r", members: [ada] }] }) },
      "high: it takes away every grant on project acme that it does not name",
    ],
    [
      "google_project_iam_binding",
      { project: "acme", role: "roles/pubsub.viewer", members: [ada, bob] },
      { project: "acme", role: "roles/pubsub.viewer", members: [ada] },
      `medium: ${bob} loses roles/pubsub.viewer`,
    ],
  ],
  [
    ["google_project_iam_member", null, { project: "acme", role: "roles/pubsub.viewer", member: ada }],
    [
      "google_project_iam_binding",
      { project: "acme", role: "roles/pubsub.viewer", members: [ada] },
      { project: "acme", role: "roles/pubsub.viewer", members: [ada, bob] },
    ],
  ],
);

const agent = "serviceAccount:service-100000000001@gcp-sa-pubsub.iam.gserviceaccount.com";

testRule(
  "access/service-agent-loses",
  [
    [
      "google_kms_crypto_key_iam_member",
      { crypto_key_id: "k", role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member: agent },
      null,
      `high: ${agent} loses roles/cloudkms.cryptoKeyEncrypterDecrypter on kms crypto key k`,
    ],
    [
      "google_bigquery_table_iam_member",
      { dataset_id: "d", table_id: "t", role: "roles/bigquery.dataEditor", member: agent },
      null,
      `medium: ${agent} loses roles/bigquery.dataEditor on bigquery table d/t`,
    ],
  ],
  [[bucketGrant, reader, null]],
);

testRule(
  "access/identity-destroyed",
  [["google_service_account", { account_id: "trainer" }, null, "high: it is destroyed"]],
  [["google_service_account", { display_name: "a" }, { display_name: "b" }]],
);

describe("access/broadened", () => {
  const bucket = change("google_storage_bucket", null, { name: "acme-landing" });
  const account = change("google_service_account", null, { account_id: "trainer" });
  const forTrainer = { ...reader, member: "serviceAccount:trainer@acme.iam.gserviceaccount.com" };
  const severity = (...changes: readonly Extra[]) =>
    found("access/broadened", stackOf(changes)).map((line) => line.split(" ")[0]);

  test("says who gets what on what is there", () => {
    expect(found("access/broadened", stackOf([existing, change(bucketGrant, null, reader)]))).toEqual([
      `medium ${bucketGrant}.it: ${ada} gets roles/storage.objectViewer on storage bucket acme-landing`,
    ]);
  });

  test("weighs less where the resource or the account is new, and nothing where all of the stack is", () => {
    const other = unchanged("google_pubsub_topic", { name: "a" });
    expect(severity(other, bucket, change(bucketGrant, null, reader))).toEqual(["low"]);
    expect(severity(existing, account, change(bucketGrant, null, forTrainer))).toEqual(["low"]);
    expect(severity(bucket, change(bucketGrant, null, reader))).toEqual([]);
  });

  test("weighs as much where what is new has the name in another project", () => {
    const secret = change("google_secret_manager_secret", null, { project: "acme-dev", secret_id: "token" });
    const grant = (project: string) =>
      change("google_secret_manager_secret_iam_member", null, { project, secret_id: "token", role: "r", member: ada });
    expect(severity(existing, secret, grant("acme-prod"))).toEqual(["medium"]);
    expect(severity(existing, secret, grant("acme-dev"))).toEqual(["low"]);
  });

  test("leaves to other rules what they tell of", () => {
    const roles: Values[] = [
      { ...reader, member: "allUsers" },
      { ...reader, role: "roles/storage.admin" },
    ];
    expect(severity(...roles.map((grant) => change(bucketGrant, null, grant)))).toEqual([]);
  });
});

function denied(principals: readonly string[], exceptions: readonly string[] = []): Values {
  const rule = {
    denied_principals: principals,
    denied_permissions: ["iam.googleapis.com/roles.create"],
    exception_principals: exceptions,
  };
  return { parent: "acme", rules: [{ deny_rule: [rule] }] };
}

function provider(condition: string | null): Values {
  return {
    workload_identity_pool_id: "ci",
    workload_identity_pool_provider_id: "github",
    attribute_condition: condition,
    oidc: [{ issuer_uri: "https://token.actions.githubusercontent.com" }],
  };
}
