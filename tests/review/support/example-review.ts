import type { Review, ReviewedChange, ReviewFinding, StackReview } from "../../../tools/review/review";

/** A change, to be told by what is special in it. */
export function change(special: Partial<ReviewedChange> & { readonly address: string }): ReviewedChange {
  const kind = special.kind ?? "update";
  return {
    deposed: null,
    type: special.address.split(".")[0]!,
    mode: "managed",
    kind,
    actions: [kind],
    constructPath: null,
    movedFrom: null,
    imports: null,
    reason: null,
    isStateOnly: ["move", "import", "forget"].includes(kind),
    differences: [],
    moreDifferences: 0,
    ...special,
  };
}

export function finding(special: Partial<ReviewFinding> & { readonly address: string }): ReviewFinding {
  return {
    rule: "data/destroyed",
    title: "Data is destroyed",
    severity: "critical",
    stack: "dev-churn-ingestion",
    deposed: null,
    constructPath: null,
    message: "a BigQuery dataset is destroyed, and made again empty",
    differences: [],
    why: "What is deleted with a data store cannot be brought back by applying again.",
    check: "Is there a copy, and does nobody read it any longer?",
    digest: "d".repeat(64),
    acknowledged: null,
    ...special,
  };
}

export function stack(special: Partial<StackReview> & { readonly name: string }): StackReview {
  const counts: Partial<Record<ReviewedChange["kind"], number>> = {};
  for (const { kind } of special.changes ?? []) {
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return {
    status: "planned",
    error: null,
    terraformVersion: "1.11.4",
    counts,
    changes: [],
    unchanged: 0,
    drift: [],
    deferred: [],
    outputs: [],
    checks: [],
    unknownFields: [],
    ...special,
  };
}

export function review(special: Partial<Review> = {}): Review {
  const counts: Partial<Record<ReviewedChange["kind"], number>> = {};
  for (const { kind } of (special.stacks ?? []).flatMap(({ changes }) => changes)) {
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return {
    format: "1.0",
    environment: "dev",
    commit: "3902c6e1f0a94b5d8c7e6f5a4b3c2d1e0f9a8b7c",
    planSetDigest: "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c",
    applyWith: "npx mlp apply plans --digest b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c",
    outcome: "changes",
    failOn: "high",
    counts,
    stacks: [],
    findings: [],
    access: [],
    isAccessBroadened: false,
    ...special,
  };
}

const location = { path: "location", before: '"EU"', after: '"US"', forcesReplacement: true };
const dataset = {
  address: "google_bigquery_dataset.Curated_4F1E2D3C",
  constructPath: "dev-churn-ingestion/Curated/Resource",
};
const policy = {
  address: "google_storage_bucket_object.RolloutPolicy_0A1B2C3D",
  constructPath: "dev-churn-serving/Rollout-propensity/Policy/Resource",
};
const policyLines = {
  path: "content",
  before: '"{\\"limits\\":{\\"latencyP95Milliseconds\\":250},\\"stages\\":[10,50,100]}"',
  after: '"{\\"limits\\":{\\"latencyP95Milliseconds\\":900},\\"stages\\":[50,100]}"',
  forcesReplacement: false,
  lines: [
    "@ line 1 was, line 1 is",
    " {",
    '   "limits": {',
    '-    "latencyP95Milliseconds": 250',
    '+    "latencyP95Milliseconds": 900',
    "   },",
    '   "stages": [',
    "-    10,",
    "     50,",
    "     100",
    "   ]",
  ],
};
const accessor = { role: "roles/secretmanager.secretAccessor", resource: "google_secret_manager_secret_iam_member" };

/** A review with one of everything, and two hundred changes that nobody needs to read. */
export const exampleReview: Review = review({
  outcome: "blocked",
  isAccessBroadened: true,
  stacks: [
    stack({
      name: "dev-foundation",
      unchanged: 41,
      changes: [
        change({
          address: "google_kms_crypto_key.Data_11112222",
          movedFrom: "google_kms_crypto_key.Key_33334444",
          kind: "move",
        }),
        change({ address: "google_storage_bucket.Logs_55556666", imports: "acme-dev-logs", kind: "import" }),
        change({
          address: "google_compute_network.Old_77778888",
          kind: "forget",
          reason: "it is no longer in the configuration",
        }),
      ],
      drift: [
        change({
          address: "google_compute_subnetwork.Workers_9999AAAA",
          fedThePlan: true,
          differences: [
            {
              path: "ip_cidr_range",
              before: '"10.0.0.0/24"',
              after: '"10.0.0.0/22"',
              forcesReplacement: false,
            },
          ],
        }),
      ],
      checks: [
        { address: "check.budget", status: "fail", problems: ["The budget must be at least 100 EUR."] },
        { address: "check.network", status: "pass", problems: [] },
      ],
    }),
    stack({
      name: "dev-churn-ingestion",
      unchanged: 12,
      changes: [
        change({
          ...dataset,
          kind: "replace, delete first",
          actions: ["delete", "create"],
          reason: "an argument changes that cannot be changed in place",
          differences: [location],
        }),
        ...Array.from({ length: 200 }, (_, index) =>
          change({
            address: `google_pubsub_topic.Events_${String(index).padStart(3, "0")}`,
            differences: [
              { path: "labels.cost_center", before: '"ml"', after: '"ml-platform"', forcesReplacement: false },
            ],
          }),
        ),
        change({
          address: "google_bigquery_table.Events_BBBBCCCC",
          kind: "destroy",
          actions: ["delete"],
          reason: "it is no longer in the configuration",
        }),
      ],
      deferred: [
        {
          ...change({ address: "google_bigquery_table.Later_1234", kind: "create" }),
          reason: "provider_config_unknown",
        },
      ],
      outputs: [{ name: "dataset", actions: ["update"], before: '"churn_curated_eu"', after: "(known after apply)" }],
      unknownFields: ["resource_changes[].change.new_in_terraform_2"],
    }),
    stack({
      name: "dev-churn-serving",
      status: "incomplete",
      unchanged: 20,
      changes: [
        change({ ...policy, differences: [policyLines] }),
        change({
          address: 'google_secret_manager_secret_iam_member.Read["api"]',
          kind: "create",
          differences: [
            {
              path: "member",
              before: null,
              after: '"serviceAccount:serve@acme-dev.iam.gserviceaccount.com"',
              forcesReplacement: false,
            },
            { path: "role", before: null, after: '"roles/secretmanager.secretAccessor"', forcesReplacement: false },
            { path: "etag", before: null, after: "(known after apply)", forcesReplacement: false },
          ],
          moreDifferences: 1,
        }),
        change({
          address: "google_vertex_ai_endpoint.Endpoint_DDDDEEEE",
          kind: "replace, create first",
          actions: ["create", "delete"],
          reason: "it is tainted: an earlier apply left it half made",
        }),
        change({
          address: "google_vertex_ai_endpoint.Endpoint_DDDDEEEE",
          deposed: "a1b2c3d4",
          kind: "destroy",
          actions: ["delete"],
        }),
        change({ address: "terraform_data.Next", kind: "other", actions: ["transmogrify"] }),
        change({
          address: "data.google_project.Project",
          mode: "data",
          kind: "read",
          reason: "something it depends on changes",
        }),
      ],
    }),
  ],
  findings: [
    finding({ ...dataset, differences: [location] }),
    finding({
      ...policy,
      rule: "serving/rollout-policy",
      title: "A rollout's policy changes",
      severity: "high",
      stack: "dev-churn-serving",
      message: "the limit of latency is three times as high, and the first stage is gone",
      differences: [policyLines],
      why: "What a rollout may do without asking is decided by this file.",
      check: "Do those who answer for the model know that the first half of its users meets a new version at once?",
      digest: "e".repeat(64),
    }),
    finding({
      address: 'google_secret_manager_secret_iam_member.Read["api"]',
      rule: "iam/member-added",
      title: "Somebody may do more",
      severity: "medium",
      stack: "dev-churn-serving",
      message: "serviceAccount:serve@acme-dev.iam.gserviceaccount.com may read a secret",
      why: "Who reads a secret may use it elsewhere.",
      check: "Does the service need this secret?",
      digest: "f".repeat(64),
    }),
    finding({
      address: "google_compute_subnetwork.Workers_9999AAAA",
      rule: "drift/fed-the-plan",
      title: "The plan builds on what somebody changed by hand",
      severity: "low",
      stack: "dev-foundation",
      message: "ip_cidr_range was changed outside of Terraform",
      why: "The plan may undo it, or depend on it.",
      check: "Who changed it, and shall it stay?",
      digest: "a".repeat(64),
    }),
    finding({
      address: "google_bigquery_table.Events_BBBBCCCC",
      severity: "high",
      message: "a BigQuery table is destroyed",
      digest: "c".repeat(64),
      acknowledged: { reason: "copied to events_v2 on 3 November", expires: "2027-01-31", acknowledgedBy: null },
    }),
  ],
  access: [
    {
      effect: "gets",
      stack: "dev-churn-serving",
      address: 'google_secret_manager_secret_iam_member.Read["api"]',
      member: "serviceAccount:serve@acme-dev.iam.gserviceaccount.com",
      ...accessor,
      condition: null,
    },
    {
      effect: "loses",
      stack: "dev-churn-serving",
      address: "google_secret_manager_secret_iam_member.Old",
      member: "group:ml-old@acme.example",
      ...accessor,
      condition: 'request.time < timestamp("2027-01-01T00:00:00Z")',
    },
  ],
});

/** The same, with a plan that there is not. */
export const failedReview: Review = {
  ...exampleReview,
  outcome: "failed",
  stacks: [
    ...exampleReview.stacks,
    stack({
      name: "dev-churn-monitoring",
      status: "failed",
      terraformVersion: null,
      error:
        'Error: Invalid value for variable\n\n  on cdk.tf.json line 12, in variable.channel:\n  12: "channel": {\n\nThe channel must be an e-mail address.',
    }),
  ],
};
