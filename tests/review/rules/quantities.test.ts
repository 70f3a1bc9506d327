import { runsPerYear } from "../../../tools/review/rules/cost/runs-per-year";
import { change, type Extra, found, replaced, stackOf, testRule, unchanged, type Values } from "../support/planned";

const scaling = (values: object) => ({ template: [{ scaling: [values] }] });

const limits = (values: object) => ({ template: [{ containers: [{ resources: [{ limits: values }] }] }] });

testRule(
  "cost/quantity",
  [
    [
      "google_cloud_run_v2_service",
      scaling({ max_instance_count: 4 }),
      scaling({ max_instance_count: 100 }),
      "medium: 'template.scaling.max_instance_count' changes from 4 to 100",
    ],
    [
      "google_dataflow_flex_template_job",
      { max_workers: 4, num_workers: 2 },
      { max_workers: 5, num_workers: 1 },
      "low: 'max_workers' changes from 4 to 5; 'num_workers' changes from 2 to 1",
    ],
    [
      "google_vertex_ai_deployment_resource_pool",
      { dedicated_resources: [{ machine_spec: [{ accelerator_count: 1 }] }] },
      { dedicated_resources: [{ machine_spec: [{ accelerator_count: 2 }] }] },
      replaced,
      "medium: 'dedicated_resources.machine_spec.accelerator_count' changes from 1 to 2",
    ],
    [
      "google_workbench_instance",
      { gce_setup: [{ accelerator_configs: [{ type: "NVIDIA_L4", core_count: "1" }] }] },
      { gce_setup: [{ accelerator_configs: [{ type: "NVIDIA_L4", core_count: "4" }] }] },
      `medium: 'gce_setup.accelerator_configs.core_count' changes from "1" to "4"`,
    ],
    [
      "google_cloud_run_v2_service",
      limits({ "nvidia.com/gpu": "1", memory: "16Gi", cpu: "4" }),
      limits({ "nvidia.com/gpu": "2", memory: "16384Mi", cpu: "5000m" }),
      `medium: 'template.containers.resources.limits.nvidia.com/gpu' changes from "1" to "2"; 'template.containers.resources.limits.cpu' changes from "4" to "5000m"`,
    ],
    [
      "google_bigquery_reservation",
      { slot_capacity: 100, autoscale: [{ max_slots: 100 }] },
      { slot_capacity: 100, autoscale: [{ max_slots: 5000 }] },
      "medium: 'autoscale.max_slots' changes from 100 to 5000",
    ],
  ],
  [
    ["google_cloud_run_v2_service", null, scaling({ max_instance_count: 100 })],
    ["google_cloud_run_v2_service", scaling({ max_instance_count: 0 }), scaling({ max_instance_count: null })],
    ["google_project_service", { retry_count: 1 }, { retry_count: 2 }],
  ],
);

testRule(
  "cost/machine",
  [
    [
      "google_compute_instance",
      { machine_type: "n2-standard-4" },
      { machine_type: "n2-standard-16" },
      `medium: 'machine_type' changes from "n2-standard-4" to "n2-standard-16"`,
    ],
    [
      "google_compute_instance",
      { machine_type: "n2-standard-16" },
      { machine_type: "n2-standard-4" },
      `low: 'machine_type' changes from "n2-standard-16" to "n2-standard-4"`,
    ],
    [
      "google_workbench_instance",
      { gce_setup: [{ accelerator_configs: [{ type: "NVIDIA_L4", core_count: "1" }] }] },
      { gce_setup: [{ accelerator_configs: [{ type: "NVIDIA_TESLA_A100", core_count: "1" }] }] },
      `medium: 'gce_setup.accelerator_configs.type' changes from "NVIDIA_L4" to "NVIDIA_TESLA_A100"`,
    ],
  ],
  [["google_compute_instance", { machine_type: "n2-standard-4" }, { machine_type: "n2-standard-4", labels: {} }]],
);

testRule(
  "cost/always-on",
  [
    [
      "google_cloud_run_v2_service",
      scaling({ min_instance_count: 0 }),
      scaling({ min_instance_count: 1 }),
      "medium: 'template.scaling.min_instance_count' changes from 0 to 1",
    ],
    [
      "google_cloud_run_v2_service",
      { template: [{ containers: [{ resources: [{ cpu_idle: true }] }] }] },
      { template: [{ containers: [{ resources: [{ cpu_idle: false }] }] }] },
      "medium: 'template.containers.resources.cpu_idle' changes from true to false",
    ],
    [
      "google_dataflow_flex_template_job",
      null,
      { name: "archive" },
      "low: a Dataflow job starts: one that streams runs until somebody stops it",
    ],
  ],
  [
    ["google_cloud_run_v2_service", scaling({ min_instance_count: 1 }), scaling({ min_instance_count: 2 })],
    ["google_cloud_run_v2_service", null, scaling({ min_instance_count: 1 })],
  ],
);

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64");
const starts = (request: unknown) => ({ schedule: "0 3 * * 1", http_target: [{ body: base64(request) }] });
const training = (type: string, count: string) =>
  starts({
    pipelineSpec: {
      deploymentSpec: { executors: { train: { container: { resources: { accelerator: { type, count } } } } } },
    },
  });
const job = (replicas: number) => ({
  workerPoolSpecs: [{ machineSpec: { machineType: "n1-standard-8" }, replicaCount: replicas }],
});

describe("what a schedule starts", () => {
  const type = "google_cloud_scheduler_job";
  const at = "http_target.body.pipelineSpec.deploymentSpec.executors.train.container.resources.accelerator";
  const finds = (before: Values | null, after: Values, extra: Extra = {}) => {
    const stack = stackOf([unchanged("google_pubsub_topic", {}), change(type, before, after, extra)]);
    return ["cost/quantity", "cost/machine", "cost/new", "cost/schedule"].flatMap((rule) => found(rule, stack));
  };

  test("accelerators of a pipeline's steps", () => {
    expect(finds(training("NVIDIA_TESLA_A100", "1"), training("NVIDIA_TESLA_A100", "8"))).toEqual([
      `medium ${type}.it: '${at}.count' changes from "1" to "8"`,
    ]);
    expect(finds(training("NVIDIA_L4", "1"), training("NVIDIA_H100_80GB", "1"))).toEqual([
      `medium ${type}.it: '${at}.type' changes from "NVIDIA_L4" to "NVIDIA_H100_80GB"`,
    ]);
  });

  test("JSON within the request", () => {
    const execution = (replicas: number) => starts({ argument: JSON.stringify(job(replicas)) });
    expect(finds(execution(1), execution(3))).toEqual([
      `medium ${type}.it: 'http_target.body.argument.workerPoolSpecs.replicaCount' changes from 1 to 3`,
    ]);
  });

  test("accelerators that a new schedule starts", () => {
    expect(finds(null, training("NVIDIA_TESLA_A100", "8"))).toEqual([
      `medium ${type}.it: '${at}.type' is "NVIDIA_TESLA_A100"; '${at}.count' is "8"`,
    ]);
  });

  test("says no values where the plan hides the request", () => {
    const extra = {
      change: {
        before_sensitive: { http_target: [{ body: true }] },
        after_sensitive: { http_target: [{ body: true }] },
      },
    };
    expect(finds(starts(job(1)), starts(job(4)), extra)).toEqual([
      `medium ${type}.it: 'http_target.body.workerPoolSpecs.replicaCount' grows: its value is sensitive`,
    ]);
  });

  test.each([
    [
      "the same request in another form",
      starts(job(1)),
      { ...starts(job(1)), http_target: [{ body: JSON.stringify(job(1)) }] },
    ],
    ["what is no JSON", { http_target: [{ body: "AAAA" }] }, { http_target: [{ body: "///" }] }],
    ["another argument of the request", starts({ displayName: "a" }), starts({ displayName: "b" })],
  ])("passes %s", (_, before, after) => {
    expect(finds(before, after)).toEqual([]);
  });
});

describe("what a rollout deploys", () => {
  const policy = (replicas: object) => ({ stages: [], limits: {}, replicas });
  const small = policy({
    machineType: "g2-standard-4",
    acceleratorType: "NVIDIA_L4",
    minReplicaCount: 1,
    maxReplicaCount: 4,
  });
  const large = policy({
    machineType: "a3-highgpu-8g",
    acceleratorType: "NVIDIA_H100_80GB",
    minReplicaCount: 1,
    maxReplicaCount: 32,
  });
  const held = (content: unknown) => (content === null ? null : { content: JSON.stringify(content) });
  const plan = (before: unknown, after: unknown, more: Extra = {}) =>
    stackOf(
      [
        unchanged("google_pubsub_topic", {}),
        change("google_storage_bucket_object", held(before), held(after), {
          change: { before_sensitive: { content: true }, after_sensitive: { content: true } },
        }),
      ],
      more,
    );
  const finds = (stack: ReturnType<typeof stackOf>) =>
    ["cost/quantity", "cost/machine", "cost/new"].flatMap((rule) => found(rule, stack));
  const output = (before: unknown, after: unknown) => ({
    output_changes: { Policy: { actions: ["update"], before, after } },
  });

  test("says what its models run on from now on, where an output shows it", () => {
    expect(finds(plan(small, large, output(small, large)))).toEqual([
      "medium google_storage_bucket_object.it: 'policy.replicas.maxReplicaCount' changes from 4 to 32",
      `medium google_storage_bucket_object.it: 'policy.replicas.machineType' changes from "g2-standard-4" to "a3-highgpu-8g"; 'policy.replicas.acceleratorType' changes from "NVIDIA_L4" to "NVIDIA_H100_80GB"`,
    ]);
  });

  test("says without values what changes, where the plan hides them", () => {
    expect(finds(plan(small, large))).toEqual([
      "medium google_storage_bucket_object.it: 'policy.replicas.maxReplicaCount' grows: its value is sensitive",
      "medium google_storage_bucket_object.it: 'policy.replicas.machineType' changes: its value is sensitive; 'policy.replicas.acceleratorType' changes: its value is sensitive",
    ]);
  });

  test("says what a new model runs on", () => {
    expect(finds(plan(null, small, output(null, small)))).toEqual([
      `medium google_storage_bucket_object.it: 'policy.replicas.machineType' is "g2-standard-4"; 'policy.replicas.acceleratorType' is "NVIDIA_L4"; 'policy.replicas.minReplicaCount' is 1`,
    ]);
  });

  test("passes a policy whose replicas stay", () => {
    expect(finds(plan(small, { ...small, looks: 3 }))).toEqual([]);
    expect(finds(plan(small, null))).toEqual([]);
  });
});

const scheduled = (schedule: string, paused = false) => ({ schedule, paused });

testRule(
  "cost/schedule",
  [
    [
      "google_cloud_scheduler_job",
      scheduled("0 3 * * 1"),
      scheduled("*/5 * * * *"),
      `medium: 'schedule' changes from "0 3 * * 1" to "*/5 * * * *", 2022 times as often`,
    ],
    [
      "google_cloud_scheduler_job",
      scheduled("0 3 * * 1-5"),
      scheduled("0 3 * * *"),
      `low: 'schedule' changes from "0 3 * * 1-5" to "0 3 * * *", 1.4 times as often`,
    ],
    [
      "google_cloud_scheduler_job",
      scheduled("0 3 * * *", true),
      scheduled("0 3 * * *"),
      "medium: 'paused' changes from true to false",
    ],
    [
      "google_bigquery_data_transfer_config",
      { schedule: "every 24 hours" },
      { schedule: "every 15 minutes" },
      `medium: 'schedule' changes from "every 24 hours" to "every 15 minutes", 96 times as often`,
    ],
    [
      "google_bigquery_data_transfer_config",
      { schedule: "every monday 09:00" },
      { schedule: "every 24 hours" },
      `low: 'schedule' changes from "every monday 09:00" to "every 24 hours"`,
    ],
    [
      "google_colab_schedule",
      { cron: "TZ=Europe/Amsterdam 0 3 1 * *", desired_state: "PAUSED" },
      { cron: "TZ=Europe/Amsterdam 0 3 * * *", desired_state: "ACTIVE" },
      `medium: 'cron' changes from "TZ=Europe/Amsterdam 0 3 1 * *" to "TZ=Europe/Amsterdam 0 3 * * *", 30 times as often; 'desired_state' changes from "PAUSED" to "ACTIVE"`,
    ],
  ],
  [
    ["google_cloud_scheduler_job", scheduled("*/5 * * * *"), scheduled("0 3 * * 1")],
    ["google_cloud_scheduler_job", scheduled("0 3 * * *"), scheduled("0 4 * * *")],
    ["google_cloud_scheduler_job", scheduled("0 3 * * *"), scheduled("0 3 * * *", true)],
    ["google_cloud_scheduler_job", null, scheduled("* * * * *")],
  ],
);

test.each([
  ["0 3 * * 1", 52],
  ["*/15 8-18 * * MON-FRI", 4 * 11 * 261],
  ["0 0 1 1 *", 1],
  ["0 0 30 2 *", 0],
  ["every 12 hours", 730],
  ["every 15 minutes from 08:00 to 18:00", undefined],
  ["whenever", undefined],
])("%s runs %s times a year", (schedule, runs) => {
  expect(runsPerYear(schedule)).toBe(runs);
});

describe("cost/new", () => {
  const there = unchanged("google_pubsub_topic", { name: "events" });
  const made = (type: string, values: Values, extra: Extra = {}) =>
    found("cost/new", stackOf([there, change(type, null, values, extra)])).map((line) =>
      line.replace(`${type}.it: `, ""),
    );

  const cases: readonly [type: string, values: Values, text: string][] = [
    [
      "google_cloud_run_v2_service",
      {
        template: [
          {
            scaling: [{ min_instance_count: 50, max_instance_count: 60 }],
            containers: [{ resources: [{ cpu_idle: false, limits: { "nvidia.com/gpu": "1" } }] }],
          },
        ],
      },
      `medium 'template.containers.resources.limits.nvidia.com/gpu' is "1"; 'template.scaling.min_instance_count' is 50; 'template.containers.resources.cpu_idle' is false`,
    ],
    ["google_bigquery_reservation", { slot_capacity: 5000 }, "medium 'slot_capacity' is 5000"],
    [
      "google_vertex_ai_feature_online_store",
      { bigtable: [{ auto_scaling: [{ min_node_count: 10, max_node_count: 12 }] }] },
      "medium 'bigtable.auto_scaling.min_node_count' is 10",
    ],
    [
      "google_workbench_instance",
      {
        gce_setup: [
          { machine_type: "n1-standard-8", accelerator_configs: [{ type: "NVIDIA_TESLA_A100", core_count: "8" }] },
        ],
      },
      `medium 'gce_setup.accelerator_configs.type' is "NVIDIA_TESLA_A100"; 'gce_setup.accelerator_configs.core_count' is "8"`,
    ],
    [
      "google_vertex_ai_endpoint_with_model_garden_deployment",
      {
        deploy_config: [
          { dedicated_resources: [{ machine_spec: [{ machine_type: "a3-highgpu-8g" }], min_replica_count: 2 }] },
        ],
      },
      `medium 'deploy_config.dedicated_resources.machine_spec.machine_type' is "a3-highgpu-8g"; 'deploy_config.dedicated_resources.min_replica_count' is 2`,
    ],
    ["google_bigquery_bi_reservation", { size: 3000000000 }, "medium 'size' is 3000000000"],
  ];

  test.each(cases)("finds what is paid for in a new %s", (type, values, text) => {
    expect(made(type, values)).toEqual([text]);
  });

  test("weighs less in a new stack", () => {
    const reservation = change("google_bigquery_reservation", null, { slot_capacity: 100 });
    expect(found("cost/new", stackOf([reservation]))).toEqual([
      "low google_bigquery_reservation.it: 'slot_capacity' is 100",
    ]);
  });

  test("says nothing of a value that the plan hides, or that is known after apply only", () => {
    const hidden = { change: { after_sensitive: { slot_capacity: true } } };
    expect(made("google_bigquery_reservation", { slot_capacity: 100 }, hidden)).toEqual([
      "medium 'slot_capacity' is set: its value is sensitive",
    ]);
    const later = { change: { after_unknown: { slot_capacity: true } } };
    expect(made("google_bigquery_reservation", {}, later)).toEqual([]);
  });

  const passes: readonly [type: string, values: Values][] = [
    ["google_cloud_run_v2_service", scaling({ min_instance_count: 0, max_instance_count: 10 })],
    ["google_compute_instance", { machine_type: "n2-standard-4", guest_accelerator: [] }],
    ["google_bigquery_reservation", { slot_capacity: 0, autoscale: [{ max_slots: 100 }] }],
    ["google_compute_disk", { size: 500 }],
    ["google_dataproc_autoscaling_policy", { worker_config: [{ min_instances: 2 }] }],
  ];

  test.each(passes)("passes a new %s with %j", (type, values) => {
    expect(made(type, values)).toEqual([]);
  });

  test("leaves what is changed to other rules", () => {
    const scaled = change("google_bigquery_reservation", { slot_capacity: 100 }, { slot_capacity: 200 });
    expect(found("cost/new", stackOf([scaled]))).toEqual([]);
  });
});

const quota = (value: string) => ({ quota_config: [{ preferred_value: value }] });

testRule(
  "cost/quota",
  [
    [
      "google_cloud_quotas_quota_preference",
      quota("8"),
      quota("4"),
      `high: 'quota_config.preferred_value' changes from "8" to "4"`,
    ],
    [
      "google_cloud_quotas_quota_preference",
      quota("8"),
      quota("64"),
      `medium: 'quota_config.preferred_value' changes from "8" to "64"`,
    ],
    [
      "google_cloud_quotas_quota_preference",
      quota("8"),
      quota("10"),
      `low: 'quota_config.preferred_value' changes from "8" to "10"`,
    ],
    [
      "google_cloud_quotas_quota_preference",
      quota("8"),
      null,
      "medium: it is destroyed: Google keeps the quota, and refuses to take it as new",
    ],
  ],
  [["google_cloud_quotas_quota_preference", null, quota("8")]],
);

const budget = (units: string, ...thresholds: readonly number[]) => ({
  amount: [{ specified_amount: [{ units }] }],
  threshold_rules: thresholds.map((threshold_percent) => ({ threshold_percent })),
});

testRule(
  "cost/budget",
  [
    [
      "google_billing_budget",
      budget("500", 0.5),
      budget("2500", 0.5),
      `medium: 'amount.specified_amount.units' changes from "500" to "2500"`,
    ],
    [
      "google_billing_budget",
      budget("500", 0.5, 1),
      budget("500", 0.5),
      "medium: 'threshold_rules.threshold_percent' changes from 1 to nothing",
    ],
    ["google_billing_budget", budget("500"), null, "high: the budget is destroyed"],
  ],
  [["google_billing_budget", budget("2500"), budget("500")]],
);

testRule(
  "retention/shorter",
  [
    [
      "google_pubsub_topic",
      { message_retention_duration: "1382400s" },
      { message_retention_duration: "604800s" },
      `high: 'message_retention_duration' changes from "1382400s" to "604800s"`,
    ],
    [
      "google_bigquery_table",
      { time_partitioning: [{ expiration_ms: null }] },
      { time_partitioning: [{ expiration_ms: 7776000000 }] },
      "high: 'time_partitioning.expiration_ms' changes from nothing to 7776000000",
    ],
    [
      "google_logging_project_bucket_config",
      { retention_days: 400 },
      { retention_days: 30 },
      "high: 'retention_days' changes from 400 to 30",
    ],
    [
      "google_storage_bucket",
      { retention_policy: [{ retention_period: "86400" }] },
      { retention_policy: [] },
      `high: 'retention_policy.retention_period' changes from "86400" to nothing`,
    ],
    [
      "google_pubsub_subscription",
      { expiration_policy: [{ ttl: "" }] },
      { expiration_policy: [{ ttl: "86400s" }] },
      `high: 'expiration_policy.ttl' changes from "" to "86400s"`,
    ],
  ],
  [
    ["google_bigquery_table", { expiration_time: 1000 }, { expiration_time: null }],
    ["google_bigquery_dataset", { default_table_expiration_ms: 1000 }, { default_table_expiration_ms: 2000 }],
    ["google_pubsub_subscription", { expiration_policy: [{ ttl: "86400s" }] }, { expiration_policy: [{ ttl: "" }] }],
    ["google_pubsub_topic", null, { message_retention_duration: "600s" }],
  ],
);

testRule(
  "retention/locked",
  [
    [
      "google_logging_project_bucket_config",
      { locked: false },
      { locked: true },
      "high: 'locked' changes from false to true",
    ],
  ],
  [["google_logging_project_bucket_config", { locked: true }, { locked: true, description: "a" }]],
);

const deletes = (age: number) => ({ action: [{ type: "Delete" }], condition: [{ age }] });
const archives = { action: [{ type: "SetStorageClass" }], condition: [{ age: 10 }] };

testRule(
  "retention/lifecycle-deletes",
  [
    [
      "google_storage_bucket",
      { lifecycle_rule: [archives] },
      { lifecycle_rule: [archives, deletes(30)] },
      "high: a rule that deletes is added or changed",
    ],
    [
      "google_storage_bucket",
      { lifecycle_rule: [deletes(60)] },
      { lifecycle_rule: [deletes(30)] },
      "high: a rule that deletes is added or changed",
    ],
  ],
  [
    ["google_storage_bucket", { lifecycle_rule: [deletes(30)] }, { lifecycle_rule: [archives] }],
    ["google_storage_bucket", null, { lifecycle_rule: [deletes(30)] }],
  ],
);

testRule(
  "retention/location",
  [
    [
      "google_bigquery_dataset",
      { location: "EU" },
      { location: "US" },
      replaced,
      `high: 'location' changes from "EU" to "US"`,
    ],
  ],
  [
    ["google_storage_bucket_iam_member", { project: "a" }, { project: "b" }, replaced],
    ["google_bigquery_dataset", null, { location: "US" }],
  ],
);
