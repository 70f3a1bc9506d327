/** Arguments that provider 6.50 plans although Google refuses them: what they do wrong, and what they change. */
export type BadValues = Readonly<
  Record<string, readonly (readonly [what: string, change: Readonly<Record<string, unknown>>])[]>
>;

const email = "runner@acme-ml-dev.iam.gserviceaccount.com";
const threshold = (change: object) => ({
  conditions: [
    {
      display_name: "c",
      condition_threshold: { filter: "f", duration: "60s", comparison: "COMPARISON_GT", ...change },
    },
  ],
});
const promql = (change: object) => ({
  conditions: [{ display_name: "c", condition_prometheus_query_language: { query: "up", duration: "60s", ...change } }],
});
const container = { image: "europe-docker.pkg.dev/p/r/i@sha256:0" };
const sqlBase = { name: "features", database_version: "POSTGRES_16" };
const dlpParent = "projects/acme-ml-dev/locations/europe-west4";
const replicas = (change: object) => ({
  dedicated_resources: { machine_spec: { machine_type: "n1-standard-4" }, min_replica_count: 1, ...change },
});
const slo = (sli: object) => ({ request_based_sli: sli, windows_based_sli: undefined });

/** Types that the stacks use; each starts from a resource of theirs. */
export const inUse: BadValues = {
  google_artifact_registry_repository: [
    ["free text as format", { format: "NOPE" }],
    ["Docker settings of another format", { format: "KFP", docker_config: { immutable_tags: true } }],
    ["remote mode without a remote", { mode: "REMOTE_REPOSITORY" }],
    ["upper case in the name", { repository_id: "Images" }],
    ["a space in the name", { repository_id: "my images" }],
  ],
  google_artifact_registry_repository_iam_member: [["a role without its prefix", { role: "artifactregistry.reader" }]],
  google_bigquery_dataset: [
    ["days that are no multiple of 24 hours", { max_time_travel_hours: "50" }],
    ["an unknown billing model", { storage_billing_model: "X" }],
    ["a label in upper case", { labels: { Team: "x" } }],
  ],
  google_bigquery_dataset_iam_member: [["a role without its prefix", { role: "bigquery.dataViewer" }]],
  google_bigquery_table: [
    ["an unknown column type", { schema: '[{"name":"a","type":"NOPE"}]' }],
    ["an unknown column mode", { schema: '[{"name":"a","type":"STRING","mode":"NOPE"}]' }],
    ["a column without a name", { schema: '[{"type":"STRING"}]' }],
    ["a column twice", { schema: '[{"name":"a","type":"STRING"},{"name":"A","type":"STRING"}]' }],
    [
      "two kinds of partitions",
      {
        time_partitioning: { type: "DAY", field: "at" },
        range_partitioning: { field: "a", range: { start: 0, end: 10, interval: 1 } },
      },
    ],
    ["two kinds of view", { schema: undefined, view: { query: "SELECT 1" }, materialized_view: { query: "SELECT 1" } }],
    ["a filter on partitions that are not there", { time_partitioning: undefined, require_partition_filter: true }],
  ],
  google_billing_budget: [
    ["parts of a unit", { amount: { specified_amount: { currency_code: "EUR", units: "1.5" } } }],
    ["percents for a share", { threshold_rules: [{ threshold_percent: 80 }] }],
    ["a project without its kind", { budget_filter: { projects: ["mlp-dev"] } }],
    [
      "two periods",
      { budget_filter: { calendar_period: "MONTH", custom_period: { start_date: { day: 1, month: 1, year: 2026 } } } },
    ],
  ],
  google_cloud_quotas_quota_preference: [
    ["a quota of 0", { quota_config: { preferred_value: "0" } }],
    ["a quota in words", { quota_config: { preferred_value: "ten" } }],
    ["spaces and a slash in the name", { name: "A B/c" }],
    ["no service", { service: undefined }],
    ["no quota", { quota_id: undefined }],
    ["no parent", { parent: undefined }],
  ],
  google_cloud_run_v2_service: [
    ["traffic below 100", { traffic: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 90 }] }],
    ["a revision without a name", { traffic: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", percent: 100 }] }],
    [
      "more instances at least than at most",
      { template: { containers: [container], scaling: { min_instance_count: 5, max_instance_count: 2 } } },
    ],
    [
      "a third of a processor too many",
      { template: { containers: [{ ...container, resources: { limits: { cpu: "3" } } }] } },
    ],
    ["a processor in words", { template: { containers: [{ ...container, resources: { limits: { cpu: "many" } } }] } }],
    ["no containers", { template: { service_account: email } }],
    ["an annotation of Google's", { annotations: { "run.googleapis.com/ingress": "all" } }],
    [
      "an annotation of Knative's",
      { template: { containers: [container], annotations: { "autoscaling.knative.dev/maxScale": "3" } } },
    ],
    [
      "a variable with a value and a source",
      {
        template: {
          containers: [
            { ...container, env: [{ name: "A", value: "x", value_source: { secret_key_ref: { secret: "s" } } }] },
          ],
        },
      },
    ],
    [
      "two ways into the network",
      { template: { containers: [container], vpc_access: { connector: "c", network_interfaces: [{ network: "n" }] } } },
    ],
    ["more instances at least than at most, of all", { scaling: { min_instance_count: 5, max_instance_count: 2 } }],
    ["scaling by hand to nothing", { scaling: { scaling_mode: "MANUAL" } }],
    [
      "a revision that is not named after the service",
      { name: "heuristic", template: { containers: [container], revision: "v1" } },
    ],
    ["upper case in the name", { name: "Heuristic" }],
  ],
  google_cloud_run_v2_service_iam_member: [
    ["everybody", { member: "allUsers" }],
    ["a role without its prefix", { role: "run.invoker" }],
  ],
  google_cloud_scheduler_job: [
    ["no schedule", { schedule: undefined }],
    ["a schedule in no language", { schedule: "bogus" }],
    ["a time zone of another planet", { time_zone: "Mars" }],
    ["a deadline of a day", { attempt_deadline: "99999s" }],
    ["a method that HTTP does not have", { http_target: { uri: "https://x.example", http_method: "FETCH" } }],
    ["a minute after the hour is over", { schedule: "99 2 * * *" }],
    ["banana hours", { schedule: "every banana hours" }],
    ["99 retries", { retry_config: { retry_count: 99 } }],
    ["a message without data", { http_target: undefined, pubsub_target: { topic_name: "projects/p/topics/t" } }],
    ["a space in the name", { name: "my job" }],
  ],
  google_compute_firewall: [["a source of what goes out", { direction: "EGRESS", source_ranges: ["10.0.0.0/8"] }]],
  google_compute_router_nat: [
    ["dynamic ports with endpoint-independent mapping", { enable_endpoint_independent_mapping: true }],
    ["33 ports", { min_ports_per_vm: 33 }],
    ["addresses by hand, of which there are none", { nat_ip_allocate_option: "MANUAL_ONLY", nat_ips: undefined }],
    ["a list of subnets, of which there are none", { subnetwork: undefined }],
  ],
  google_compute_subnetwork: [["no range", { ip_cidr_range: undefined }]],
  google_dataflow_flex_template_job: [
    ["upper case and spaces in the name", { name: "My Job" }],
    ["an unknown algorithm", { autoscaling_algorithm: "NOPE" }],
    ["the most workers twice", { parameters: { maxNumWorkers: "3" } }],
    ["Streaming Engine twice", { parameters: { enableStreamingEngine: "true" } }],
    ["the subnet twice", { parameters: { subnetwork: "x" } }],
    ["workers in words", { parameters: { numWorkers: "x" } }],
    ["a temporary folder as parameter", { parameters: { tempLocation: "gs://b/t" } }],
    ["another name of the most workers", { parameters: { maxWorkers: "3" } }],
    ["the account as parameter", { parameters: { serviceAccount: email } }],
    ["whether it streams", { parameters: { streaming: "true" } }],
  ],
  google_kms_crypto_key: [
    ["an unknown purpose", { purpose: "NOPE" }],
    ["gone within a minute", { destroy_scheduled_duration: "60s" }],
    ["a space in the name", { name: "my key" }],
  ],
  google_logging_project_bucket_config: [
    ["an unknown kind of index", { index_configs: [{ field_path: "jsonPayload.a", type: "NOPE" }] }],
    ["no retention", { retention_days: 0 }],
    ["a space in the name", { bucket_id: "my logs" }],
  ],
  google_monitoring_alert_policy: [
    ["a condition of no kind", { conditions: [{ display_name: "c" }] }],
    [
      "a condition of two kinds",
      {
        conditions: [
          {
            display_name: "c",
            condition_absent: { duration: "60s" },
            condition_threshold: { duration: "60s", comparison: "COMPARISON_GT" },
          },
        ],
      },
    ],
    ["logs without a rate limit", { conditions: [{ display_name: "c", condition_matched_log: { filter: "f" } }] }],
    ["a rate limit on metrics", { alert_strategy: { notification_rate_limit: { period: "300s" } } }],
    ["minutes", threshold({ duration: "5m" })],
    ["a second too many", threshold({ duration: "61s" })],
    ["at least", threshold({ comparison: "COMPARISON_GE" })],
    ["an interval of 45 seconds", promql({ evaluation_interval: "45s" })],
    ["closing in minutes", { alert_strategy: { auto_close: "10m" } }],
    ["two triggers", threshold({ trigger: { count: 1, percent: 50 } })],
    ["a label in upper case", { user_labels: { Team: "Churn" } }],
  ],
  google_monitoring_dashboard: [
    ["an unknown key", { dashboard_json: '{"displayName":1,"nope":[]}' }],
    ["a list", { dashboard_json: "[]" }],
  ],
  google_monitoring_notification_channel: [
    ["a secret among the labels", { type: "slack", labels: { channel_name: "#ml", auth_token: "x" } }],
    ["an unknown type", { type: "pigeon" }],
  ],
  google_monitoring_slo: [
    [
      "three filters",
      slo({ good_total_ratio: { good_service_filter: "a", bad_service_filter: "b", total_service_filter: "c" } }),
    ],
    ["one filter", slo({ good_total_ratio: { good_service_filter: "a" } })],
    ["a range from 0 to 0", slo({ distribution_cut: { distribution_filter: "f", range: { min: 0, max: 0 } } })],
    [
      "a window of 90 seconds",
      { request_based_sli: undefined, windows_based_sli: { window_period: "90s", good_bad_metric_filter: "f" } },
    ],
  ],
  google_project_iam_audit_config: [["an unknown kind of log", { audit_log_config: [{ log_type: "NOPE" }] }]],
  google_project_iam_member: [
    ["everybody", { member: "allUsers" }],
    ["a role without its prefix", { role: "aiplatform.user" }],
    ["a project with its kind", { project: "projects/mlp-dev" }],
  ],
  google_project_service: [
    ["an unknown service", { service: "nope.googleapis.com" }],
    ["a misspelt service", { service: "aiplatfrom.googleapis.com" }],
    ["a bad project", { project: "Bad Project" }],
  ],
  google_project_service_identity: [["a service without its domain", { service: "aiplatform" }]],
  google_pubsub_schema: [
    ["a definition that is none", { type: "AVRO", definition: "nope" }],
    ["no definition", { type: "AVRO", definition: "" }],
    [
      "a type that AVRO does not have",
      { type: "AVRO", definition: '{"type":"record","name":"E","fields":[{"name":"a","type":"strng"}]}' },
    ],
    ["a proto file that is none", { type: "PROTOCOL_BUFFER", definition: "nope" }],
  ],
  google_pubsub_subscription: [
    [
      "two schemas",
      { bigquery_config: { table: "acme-ml-dev.raw.events", use_table_schema: true, use_topic_schema: true } },
    ],
    ["a table with a colon", { bigquery_config: { table: "proj:ds.t", use_table_schema: true } }],
    ["5 seconds to acknowledge", { ack_deadline_seconds: 5 }],
    ["gone after an hour", { expiration_policy: { ttl: "3600s" } }],
    ["2 attempts", { dead_letter_policy: { dead_letter_topic: "projects/p/topics/t", max_delivery_attempts: 2 } }],
    ["files that take longer than the deadline", { cloud_storage_config: { bucket: "b", max_duration: "900s" } }],
    ["files within a longer time than the deadline", { cloud_storage_config: { bucket: "b", max_duration: "300s" } }],
    ["10 messages a file", { cloud_storage_config: { bucket: "b", max_messages: 10 } }],
    ["minutes", { retry_policy: { minimum_backoff: "5m" } }],
    ["a retry policy that says nothing", { retry_policy: {} }],
    [
      "exactly once, pushed",
      { enable_exactly_once_delivery: true, push_config: { push_endpoint: "https://x.example" } },
    ],
    ["pushed without TLS", { push_config: { push_endpoint: "http://x.example" } }],
    ["a name of one digit", { name: "1" }],
  ],
  google_pubsub_topic: [
    [
      "two sources",
      {
        ingestion_data_source_settings: {
          cloud_storage: { bucket: "b", text_format: {} },
          aws_kinesis: { stream_arn: "a", consumer_arn: "b", aws_role_arn: "c", gcp_service_account: email },
        },
      },
    ],
    [
      "two formats",
      { ingestion_data_source_settings: { cloud_storage: { bucket: "b", text_format: {}, avro_format: {} } } },
    ],
    ["a minute of messages", { message_retention_duration: "60s" }],
    ["a name of one digit", { name: "1" }],
  ],
  google_pubsub_topic_iam_member: [["everybody", { member: "allUsers" }]],
  google_storage_bucket: [
    ["upper case in the name", { name: "Bad_Bucket" }],
    ["a name of Google's", { name: "goog-data" }],
    ["an address for a name", { name: "10.0.0.1" }],
    ["versions under a retention", { versioning: { enabled: true }, retention_policy: { retention_period: 3600 } }],
    ["an hour of soft deletion", { soft_delete_policy: { retention_duration_seconds: 3600 } }],
    ["an unknown class", { storage_class: "NOPE" }],
    ["Autoclass that ends at COLDLINE", { autoclass: { enabled: true, terminal_storage_class: "COLDLINE" } }],
    [
      "Autoclass and a rule about classes",
      {
        autoclass: { enabled: true },
        lifecycle_rule: [{ action: { type: "SetStorageClass", storage_class: "NEARLINE" }, condition: { age: 3 } }],
      },
    ],
    [
      "folders without uniform access",
      { hierarchical_namespace: { enabled: true }, uniform_bucket_level_access: false, versioning: undefined },
    ],
    [
      "folders with versions and Autoclass",
      { hierarchical_namespace: { enabled: true }, versioning: { enabled: true }, autoclass: { enabled: true } },
    ],
    ["a yes that is none", { public_access_prevention: "yes" }],
    ["an unknown action", { lifecycle_rule: [{ action: { type: "Nope" }, condition: { age: 3 } }] }],
    ["a rule without a condition", { lifecycle_rule: [{ action: { type: "Delete" }, condition: {} }] }],
    [
      "an upload in a state",
      {
        lifecycle_rule: [
          { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 3, with_state: "LIVE" } },
        ],
      },
    ],
  ],
  google_storage_bucket_iam_member: [["everybody", { member: "allUsers" }]],
  google_vertex_ai_endpoint: [
    ["a name of any form", { name: "My Endpoint" }],
    ["a name of any length", { name: "1".repeat(40) }],
    ["another region than its location", { region: "us-central1" }],
    ["no region", { region: undefined }],
    ["a split that does not sum to 100", { traffic_split: '{"1":50,"2":30}' }],
    ["seven times every request", { predict_request_response_logging_config: { enabled: true, sampling_rate: 7 } }],
    [
      "a table that is none",
      { predict_request_response_logging_config: { enabled: true, bigquery_destination: { output_uri: "x" } } },
    ],
    ["dedicated in a peered network", { network: "projects/1/global/networks/n" }],
    ["labels with spaces and upper case", { labels: { "Bad Key": "UPPER" } }],
  ],
  google_vertex_ai_endpoint_iam_member: [
    ["everybody", { member: "allUsers" }],
    ["a role without its prefix", { role: "aiplatform.user" }],
  ],
};

/** Types that the stacks do not use yet; each starts from what is given under its name in `starts`. */
export const others: BadValues = {
  google_access_context_manager_service_perimeter: [
    ["a dry run that is not told so", { spec: { resources: ["projects/1"] } }],
    ["a project by id", { use_explicit_dry_run_spec: true, spec: { resources: ["projects/mlp-dev"] } }],
  ],
  google_bigquery_data_transfer_config: [
    ["a schedule of cron", { schedule: "* * * * *" }],
    ["a schedule of cron with names", { schedule: "0 2 * * mon" }],
    ["a secret that plans show", { params: { secret_access_key: "x" } }],
  ],
  google_bigquery_routine: [
    ["a hyphen in the name", { routine_id: "my-routine" }],
    ["no language", { language: undefined }],
  ],
  google_bigtable_instance: [
    [
      "nodes and limits of them",
      { cluster: [{ num_nodes: 3, autoscaling_config: { min_nodes: 1, max_nodes: 3, cpu_target: 60 } }] },
    ],
  ],
  google_bigtable_table: [["a type that crashes the provider", { column_family: [{ family: "f", type: "nope" }] }]],
  google_cloudbuild_trigger: [
    ["two events", { github: { push: { branch: "main" } }, repository_event_config: { push: { branch: "main" } } }],
    ["a branch and a tag", { repository_event_config: { push: { branch: "main", tag: "v1" } } }],
    ["a pool and a machine", { build: { options: { worker_pool: "p", machine_type: "E2_HIGHCPU_8" } } }],
    ["messages without a source", { pubsub_config: { topic: "t" }, service_account: email }],
    [
      "messages without an account",
      { pubsub_config: { topic: "t" }, source_to_build: { uri: "u", ref: "r", repo_type: "GITHUB" } },
    ],
  ],
  google_clouddeploy_custom_target_type: [
    ["no actions", { custom_actions: undefined }],
    ["empty actions", { custom_actions: {} }],
  ],
  google_clouddeploy_delivery_pipeline: [
    ["no stages", { serial_pipeline: undefined }],
    [
      "shares that shrink",
      { serial_pipeline: { stages: [{ strategy: { canary: { canary_deployment: { percentages: [100, 0] } } } }] } },
    ],
    ["two strategies", { serial_pipeline: { stages: [{ strategy: { standard: { verify: true }, canary: {} } }] } }],
  ],
  google_clouddeploy_target: [
    ["no kind", { run: undefined }],
    ["an unknown use", { execution_configs: [{ usages: ["NOPE"] }] }],
    ["upper case in the name", { name: "Prod" }],
  ],
  google_colab_runtime_template: [
    ["an accelerator by half its name", { machine_spec: { machine_type: "g2-standard-4", accelerator_type: "L4" } }],
    ["idle in hours", { idle_shutdown_config: { idle_timeout: "1h" } }],
  ],
  google_colab_schedule: [
    ["an unknown state", { desired_state: "NOPE" }],
    ["no cron", { cron: "bogus" }],
  ],
  google_compute_global_forwarding_rule: [
    ["no word on load balancing", { load_balancing_scheme: undefined }],
    ["a long name with hyphens", { name: "google-apis-of-the-platform" }],
    ["labels", { labels: { team: "x" } }],
  ],
  google_data_fusion_instance: [["upper case in the name", { name: "Fusion" }]],
  google_data_loss_prevention_discovery_config: [
    ["a target without a filter", { targets: [{ big_query_target: {} }] }],
    ["a target of no kind", { targets: [{}] }],
    ["a parent in free text", { parent: "somewhere" }],
  ],
  google_data_loss_prevention_deidentify_template: [["a parent in free text", { parent: "somewhere" }]],
  google_data_loss_prevention_inspect_template: [["a parent in free text", { parent: "somewhere" }]],
  google_data_loss_prevention_job_trigger: [
    ["a trigger that says nothing", { triggers: [{}] }],
    ["a day by its letter", { triggers: [{ schedule: { recurrence_period_duration: "1d" } }] }],
    ["nothing to look at", { inspect_job: { storage_config: {} } }],
  ],
  google_data_pipeline_pipeline: [
    [
      "two workloads",
      {
        workload: {
          dataflow_flex_template_request: { location: "l" },
          dataflow_launch_template_request: { location: "l" },
        },
      },
    ],
    ["no workload", { workload: undefined }],
  ],
  google_dataflow_job: [
    ["upper case in the name", { name: "My Job" }],
    ["a template elsewhere", { template_gcs_path: "/tmp/template" }],
    ["a temporary folder elsewhere", { temp_gcs_location: "/tmp" }],
    ["a network and a subnet", { network: "n", subnetwork: "regions/r/subnetworks/s" }],
    ["the most workers as parameter", { parameters: { maxWorkers: "3" } }],
  ],
  google_dataplex_asset: [["an unknown type", { resource_spec: { type: "NOPE" } }]],
  google_dataplex_datascan: [
    ["900 percent", { data_quality_spec: { sampling_percent: 900, rules: [{ non_null_expectation: {} }] } }],
    ["900 percent of a profile", { data_quality_spec: undefined, data_profile_spec: { sampling_percent: 900 } }],
    ["a rule that expects nothing", { data_quality_spec: { rules: [{ dimension: "VALIDITY" }] } }],
    ["no rules", { data_quality_spec: {} }],
    ["an unknown dimension", { data_quality_spec: { rules: [{ dimension: "nope", non_null_expectation: {} }] } }],
  ],
  google_dataplex_zone: [["an unknown type", { type: "NOPE" }]],
  google_dataproc_autoscaling_policy: [["minutes", { basic_algorithm: { cooldown_period: "5m" } }]],
  google_dataproc_cluster: [
    ["one worker", { cluster_config: { worker_config: { num_instances: 1 } } }],
    ["idle for minutes", { cluster_config: { lifecycle_config: { idle_delete_ttl: "5m" } } }],
    ["no region", { region: undefined }],
  ],
  google_dataproc_workflow_template: [
    ["no place", { placement: undefined }],
    [
      "two places",
      { placement: { managed_cluster: { cluster_name: "c" }, cluster_selector: { cluster_labels: { a: "b" } } } },
    ],
  ],
  google_datastream_connection_profile: [
    ["two passwords", { mysql_profile: { password: "p", secret_manager_stored_password: "s" } }],
    ["no password", { mysql_profile: { hostname: "h" } }],
  ],
  google_datastream_stream: [["an unknown state", { desired_state: "NOPE" }]],
  google_dns_managed_zone: [["a name without its point", { dns_name: "example.com" }]],
  google_eventarc_trigger: [
    ["no account", { service_account: undefined }],
    ["no destination", { destination: {} }],
    ["two destinations", { destination: { workflow: "w", cloud_run_service: { service: "s" } } }],
    ["an unknown operator", { matching_criteria: [{ attribute: "type", value: "v", operator: "regex" }] }],
    ["upper case in the name", { name: "Trigger" }],
  ],
  google_iam_workload_identity_pool_provider: [
    ["no condition", { attribute_condition: undefined }],
    ["no condition for AWS", { oidc: undefined, aws: { account_id: "1" }, attribute_condition: undefined }],
    ["an empty condition", { attribute_condition: "" }],
    ["a mapping of no subject", { attribute_mapping: { "attribute.a": "assertion.a" } }],
    ["no mapping", { attribute_mapping: undefined }],
  ],
  google_logging_metric: [
    ["a distribution of nothing", { metric_descriptor: { metric_kind: "DELTA", value_type: "DISTRIBUTION" } }],
    [
      "a label from nowhere",
      { metric_descriptor: { metric_kind: "DELTA", value_type: "INT64", labels: [{ key: "a" }] } },
    ],
  ],
  google_managed_kafka_acl: [["a list about nothing", { acl_id: "clicks" }]],
  google_managed_kafka_topic: [
    ["no partitions", { partition_count: 0 }],
    ["no replicas", { replication_factor: 0 }],
    ["a name with a space", { topic_id: "my topic" }],
  ],
  google_managed_kafka_cluster: [
    ["one processor", { capacity_config: { vcpu_count: "1", memory_bytes: "3221225472" } }],
    ["memory for nobody", { capacity_config: { vcpu_count: "3", memory_bytes: "1" } }],
    ["an unknown mode", { rebalance_config: { mode: "NOPE" } }],
    ["upper case in the name", { cluster_id: "Events" }],
  ],
  google_monitoring_metric_descriptor: [["a type that is none", { type: "bad" }]],
  google_monitoring_uptime_check_config: [
    ["two protocols", { tcp_check: { port: 80 } }],
    ["a timeout of 90 seconds", { timeout: "90s" }],
    ["a period of 7 seconds", { period: "7s" }],
    ["a region of another planet", { selected_regions: ["MARS"] }],
    [
      "two identities",
      {
        http_check: {
          auth_info: { username: "u", password: "p" },
          service_agent_authentication: { type: "OIDC_TOKEN" },
        },
      },
    ],
  ],
  google_org_policy_policy: [
    ["yes", { spec: { rules: [{ enforce: "yes" }] } }],
    ["an empty specification", { spec: {} }],
    ["two kinds in a rule", { spec: { rules: [{ enforce: "TRUE", allow_all: "TRUE" }] } }],
    ["nothing", { spec: undefined }],
    ["a bad name", { name: "nope" }],
  ],
  google_secret_manager_secret: [["a space in the name", { secret_id: "my secret" }]],
  google_spanner_backup_schedule: [
    ["30 days", { retention_duration: "30d" }],
    ["an hour in words", { retention_duration: "1 hour" }],
    ["a schedule in no language", { spec: { cron_spec: { text: "bogus" } } }],
  ],
  google_spanner_database: [
    ["30 days", { version_retention_period: "30d" }],
    ["an hour in words", { version_retention_period: "1 hour" }],
    ["an empty statement", { ddl: [""] }],
  ],
  google_spanner_instance: [
    ["half of the least", { processing_units: 50 }],
    [
      "an edition that does not scale",
      { edition: "STANDARD", autoscaling_config: { autoscaling_limits: { min_nodes: 1 } } },
    ],
  ],
  google_sql_database_instance: [
    ["labels in upper case", { settings: { tier: "db-custom-2-7680", user_labels: { Team: "x" } } }],
    [
      "no address at all, in text",
      { settings: { tier: "db-custom-2-7680", ip_configuration: { ipv4_enabled: "false" } } },
    ],
    ["no address at all", { settings: { tier: "db-custom-2-7680", ip_configuration: { ipv4_enabled: false } } }],
    [
      "a point in time without backups",
      { settings: { tier: "db-custom-2-7680", backup_configuration: { point_in_time_recovery_enabled: true } } },
    ],
    ["an unknown machine", { settings: { tier: "NOPE" } }],
    ["an unknown machine with the right beginning", { settings: { tier: "db-nope" } }],
    ["memory that does not fit", { settings: { tier: "db-custom-2-1000" } }],
    ["three processors", { settings: { tier: "db-custom-3-7680" } }],
    ["an unknown version", { database_version: "NOPE_1" }],
    ["a version to come", { database_version: "POSTGRES_99" }],
    ["no name", { name: undefined }],
  ],
  google_vertex_ai_deployment_resource_pool: [
    [
      "a machine that takes no accelerators",
      replicas({
        machine_spec: { machine_type: "e2-standard-4", accelerator_type: "NVIDIA_L4", accelerator_count: 1 },
      }),
    ],
    [
      "too many accelerators",
      replicas({
        machine_spec: { machine_type: "g2-standard-4", accelerator_type: "NVIDIA_L4", accelerator_count: 8 },
      }),
    ],
    ["an unknown machine", replicas({ machine_spec: { machine_type: "nope-standard-4" } })],
    ["no replicas", replicas({ min_replica_count: 0 })],
    ["less than no replicas", replicas({ max_replica_count: -1 })],
    ["upper case in the name", { name: "Pool" }],
  ],
  google_vertex_ai_endpoint_with_model_garden_deployment: [
    ["no replicas", { deploy_config: replicas({ min_replica_count: 0 }) }],
  ],
  google_vertex_ai_feature_group_feature: [["upper case in the name", { name: "Bad-Name" }]],
  google_vertex_ai_feature_online_store_featureview: [["upper case in the name", { name: "Bad-Name" }]],
  google_vertex_ai_feature_group: [["upper case in the name", { name: "Bad-Name" }]],
  google_vertex_ai_feature_online_store: [
    ["upper case in the name", { name: "Bad-Name" }],
    ["99 times as many at most", { bigtable: { auto_scaling: { min_node_count: 1, max_node_count: 99 } } }],
    [
      "a processor without reserve",
      { bigtable: { auto_scaling: { min_node_count: 1, max_node_count: 2, cpu_utilization_target: 99 } } },
    ],
  ],
  google_vertex_ai_index: [
    ["no metadata", { metadata: undefined }],
    ["metadata without a config", { metadata: { contents_delta_uri: "gs://b/i" } }],
    ["an unknown update", { index_update_method: "NOPE" }],
    ["an unknown distance", { metadata: { config: { dimensions: 8, distance_measure_type: "NOPE" } } }],
    ["an unknown size", { metadata: { config: { dimensions: 8, shard_size: "NOPE" } } }],
    ["an unknown norm", { metadata: { config: { dimensions: 8, feature_norm_type: "NOPE" } } }],
    [
      "two algorithms",
      { metadata: { config: { dimensions: 8, algorithm_config: { tree_ah_config: {}, brute_force_config: {} } } } },
    ],
  ],
  google_vertex_ai_metadata_store: [["another name", { name: "mine" }]],
  google_workbench_instance: [
    ["a region for a zone", { location: "europe-west4" }],
    ["a key that is not named", { gce_setup: { boot_disk: { disk_encryption: "CMEK" } } }],
    [
      "a GPU on a machine without",
      {
        gce_setup: {
          machine_type: "e2-standard-4",
          accelerator_configs: [{ type: "NVIDIA_TESLA_T4", core_count: "1" }],
        },
      },
    ],
    [
      "3 GPUs",
      {
        gce_setup: {
          machine_type: "n1-standard-4",
          accelerator_configs: [{ type: "NVIDIA_TESLA_T4", core_count: "3" }],
        },
      },
    ],
    ["idle for 10 seconds", { gce_setup: { metadata: { "idle-timeout-seconds": "10" } } }],
    ["upper case in the name", { name: "Notebook" }],
  ],
  google_workflows_workflow: [
    ["no name", { name: undefined }],
    ["no source", { source_contents: undefined }],
    ["YAML that is none", { source_contents: "main:\n  steps: [" }],
    ["YAML that contradicts itself", { source_contents: "main:\n  steps:\n    - a: b: c\n" }],
    ["YAML without a beginning", { source_contents: "steps:\n  - a:\n      return: 1\n" }],
    ["a variable of Google's", { user_env_vars: { GOOGLE_X: "1" } }],
    ["an account that is none", { service_account: "x" }],
  ],
};

/** Resources of the other types that are right. */
export const starts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  google_access_context_manager_service_perimeter: {},
  google_bigquery_routine: { routine_id: "score", language: "SQL", routine_type: "SCALAR_FUNCTION" },
  google_clouddeploy_custom_target_type: { name: "vertex", custom_actions: { deploy_action: "deploy" } },
  google_clouddeploy_delivery_pipeline: { name: "models", serial_pipeline: { stages: [{ target_id: "prod" }] } },
  google_clouddeploy_target: { name: "prod", run: { location: "projects/p/locations/l" } },
  google_compute_global_forwarding_rule: { name: "googleapis", target: "all-apis", load_balancing_scheme: "" },
  google_data_loss_prevention_discovery_config: { parent: dlpParent },
  google_data_loss_prevention_deidentify_template: { parent: dlpParent },
  google_data_loss_prevention_inspect_template: { parent: dlpParent },
  google_data_loss_prevention_job_trigger: { parent: dlpParent },
  google_data_pipeline_pipeline: { workload: { dataflow_flex_template_request: { location: "europe-west4" } } },
  google_dataproc_cluster: { region: "europe-west4" },
  google_dataproc_workflow_template: { placement: { managed_cluster: { cluster_name: "c" } } },
  google_eventarc_trigger: { name: "landed", service_account: email, destination: { workflow: "w" } },
  google_iam_workload_identity_pool_provider: {
    oidc: { issuer_uri: "https://token.actions.githubusercontent.com" },
    attribute_mapping: { "google.subject": "assertion.sub" },
    attribute_condition: "assertion.repository_owner_id == '1'",
  },
  google_managed_kafka_cluster: {
    cluster_id: "events",
    capacity_config: { vcpu_count: "3", memory_bytes: "3221225472" },
  },
  google_monitoring_uptime_check_config: { http_check: { path: "/" }, period: "60s", timeout: "10s" },
  google_org_policy_policy: {
    name: "projects/1/policies/iam.disableServiceAccountKeyCreation",
    parent: "projects/1",
    spec: { rules: [{ enforce: "TRUE" }] },
  },
  google_sql_database_instance: sqlBase,
  google_vertex_ai_index: { metadata: { config: { dimensions: 8, algorithm_config: { tree_ah_config: {} } } } },
  google_vertex_ai_metadata_store: { name: "default" },
  google_workbench_instance: { name: "notebook", location: "europe-west4-a" },
  google_workflows_workflow: {
    name: "rollout",
    service_account: email,
    source_contents:
      "main:\n  params: [args]\n  steps:\n    - wait:\n        call: sys.sleep\n        args: {seconds: 1}\n",
  },
};
