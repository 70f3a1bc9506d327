type Arguments = Readonly<Record<string, unknown>>;

const location = "europe-west4";
const key = "${google_kms_crypto_key.main.id}";
const account = "serviceAccount:${google_service_account.main.email}";
const storageAgent = "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com";

/** Services that the resources below need. */
export const services = [
  "aiplatform",
  "artifactregistry",
  "billingbudgets",
  "cloudkms",
  "cloudquotas",
  "cloudscheduler",
  "compute",
  "dataflow",
  "dns",
  "iam",
  "pubsub",
  "run",
  "secretmanager",
  "workflows",
].map((name) => `${name}.googleapis.com`);

/** Agents that use the key, by what they serve. */
export const agents = {
  aiplatform: "gcp-sa-aiplatform",
  artifactregistry: "gcp-sa-artifactregistry",
  dataflow: "dataflow-service-producer-prod",
  compute: "compute-system",
  pubsub: "gcp-sa-pubsub",
  run: "serverless-robot-prod",
  storage: "gs-project-accounts",
  workflows: "gcp-sa-workflows",
};

/** One small resource of every type that has facts, all called `main`, in one project. */
export const everyType: Readonly<Record<string, Arguments>> = {
  google_project_service_identity: { provider: "google-beta", service: "aiplatform.googleapis.com" },
  google_kms_key_ring: { name: "ring", location },
  google_kms_crypto_key: { name: "data", key_ring: "${google_kms_key_ring.main.id}", rotation_period: "7776000s" },
  google_service_account: { account_id: "runner", display_name: "Runner" },
  google_service_account_iam_member: {
    service_account_id: "${google_service_account.main.name}",
    role: "roles/iam.serviceAccountUser",
    member: account,
  },
  google_project_iam_custom_role: {
    role_id: "mlRunner",
    title: "ML runner",
    permissions: ["aiplatform.endpoints.get"],
  },
  google_iam_workload_identity_pool: { workload_identity_pool_id: "ci" },
  google_iam_workload_identity_pool_provider: {
    workload_identity_pool_id: "${google_iam_workload_identity_pool.main.workload_identity_pool_id}",
    workload_identity_pool_provider_id: "github",
    attribute_mapping: { "google.subject": "assertion.sub" },
    attribute_condition: "assertion.repository_owner == 'acme'",
    oidc: { issuer_uri: "https://token.actions.githubusercontent.com" },
  },
  google_project_iam_member: {
    project: "acme-ml",
    role: "${google_project_iam_custom_role.main.name}",
    member: account,
    condition: { title: "until-2030", expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' },
  },
  google_project_iam_audit_config: {
    project: "acme-ml",
    service: "allServices",
    audit_log_config: [{ log_type: "DATA_READ", exempted_members: [account] }, { log_type: "DATA_WRITE" }],
  },
  google_compute_network: { name: "ml", auto_create_subnetworks: false },
  google_compute_subnetwork: {
    name: "ml-eu",
    network: "${google_compute_network.main.id}",
    ip_cidr_range: "10.0.0.0/20",
    private_ip_google_access: true,
    log_config: { aggregation_interval: "INTERVAL_10_MIN", flow_sampling: 0.1 },
    secondary_ip_range: [{ range_name: "pods", ip_cidr_range: "10.4.0.0/16" }],
  },
  google_compute_route: {
    name: "private-google",
    network: "${google_compute_network.main.name}",
    dest_range: "199.36.153.8/30",
    next_hop_gateway: "default-internet-gateway",
  },
  google_compute_router: { name: "ml", network: "${google_compute_network.main.self_link}" },
  google_compute_router_nat: {
    name: "ml",
    router: "${google_compute_router.main.name}",
    nat_ip_allocate_option: "AUTO_ONLY",
    source_subnetwork_ip_ranges_to_nat: "LIST_OF_SUBNETWORKS",
    subnetwork: [{ name: "${google_compute_subnetwork.main.id}", source_ip_ranges_to_nat: ["ALL_IP_RANGES"] }],
  },
  google_compute_firewall: {
    name: "workers",
    network: "${google_compute_network.main.name}",
    source_ranges: ["10.0.0.0/20"],
    allow: [{ protocol: "tcp", ports: ["12345-12346"] }],
  },
  google_dns_managed_zone: {
    name: "googleapis",
    dns_name: "googleapis.com.",
    visibility: "private",
    private_visibility_config: { networks: [{ network_url: "${google_compute_network.main.id}" }] },
  },
  google_dns_record_set: {
    name: "*.googleapis.com.",
    type: "A",
    ttl: 300,
    managed_zone: "${google_dns_managed_zone.main.name}",
    rrdatas: ["199.36.153.8"],
  },
  google_artifact_registry_repository: {
    repository_id: "images",
    location,
    format: "DOCKER",
    kms_key_name: key,
    cleanup_policies: [{ id: "old", action: "DELETE", condition: { tag_state: "UNTAGGED", older_than: "2592000s" } }],
  },
  google_artifact_registry_repository_iam_member: {
    repository: "${google_artifact_registry_repository.main.name}",
    location,
    role: "roles/artifactregistry.reader",
    member: account,
  },
  google_logging_project_sink: {
    name: "audit",
    destination: "logging.googleapis.com/${google_logging_project_bucket_config.main.id}",
    filter: "logName:cloudaudit.googleapis.com",
    unique_writer_identity: true,
  },
  google_logging_project_bucket_config: { project: "acme-ml", location, bucket_id: "audit", retention_days: 400 },
  google_billing_budget: {
    billing_account: "000000-111111-222222",
    display_name: "ML",
    amount: { specified_amount: { currency_code: "EUR", units: "1000" } },
    threshold_rules: [{ threshold_percent: 0.5 }, { threshold_percent: 1.0, spend_basis: "FORECASTED_SPEND" }],
  },
  google_cloud_quotas_quota_preference: {
    parent: "projects/acme-ml",
    name: "t4-europe-west4",
    service: "aiplatform.googleapis.com",
    quota_id: "CustomModelTrainingT4GPUsPerProjectPerRegion",
    dimensions: { region: location },
    quota_config: { preferred_value: "4" },
  },
  google_secret_manager_secret: { secret_id: "token", replication: { auto: {} } },
  google_pubsub_schema: { name: "event", type: "AVRO", definition: '{"type":"record","name":"E","fields":[]}' },
  google_pubsub_topic: {
    name: "events",
    kms_key_name: key,
    labels: { team: "churn" },
    message_retention_duration: "604800s",
    schema_settings: { schema: "${google_pubsub_schema.main.id}", encoding: "JSON" },
  },
  google_pubsub_topic_iam_member: {
    topic: "${google_pubsub_topic.main.id}",
    role: "roles/pubsub.publisher",
    member: storageAgent,
  },
  google_pubsub_subscription: {
    name: "events-raw",
    topic: "${google_pubsub_topic.main.id}",
    retry_policy: { minimum_backoff: "10s" },
    dead_letter_policy: { dead_letter_topic: "${google_pubsub_topic.main.id}", max_delivery_attempts: 5 },
  },
  google_pubsub_subscription_iam_member: {
    subscription: "${google_pubsub_subscription.main.name}",
    role: "roles/pubsub.subscriber",
    member: account,
  },
  google_bigquery_dataset: {
    dataset_id: "raw",
    location,
    default_encryption_configuration: { kms_key_name: key },
    access: [
      { role: "OWNER", user_by_email: "${google_service_account.main.email}" },
      { role: "READER", special_group: "projectReaders" },
    ],
  },
  google_bigquery_dataset_iam_member: {
    dataset_id: "${google_bigquery_dataset.main.dataset_id}",
    role: "roles/bigquery.dataEditor",
    member: account,
  },
  google_bigquery_routine: {
    dataset_id: "${google_bigquery_dataset.main.dataset_id}",
    routine_id: "assign",
    routine_type: "SCALAR_FUNCTION",
    language: "SQL",
    definition_body: "UPPER(unit)",
    arguments: [{ name: "unit", data_type: '{"typeKind":"STRING"}' }],
    return_type: '{"typeKind":"STRING"}',
  },
  google_bigquery_table: {
    dataset_id: "${google_bigquery_dataset.main.dataset_id}",
    table_id: "events",
    deletion_protection: false,
    schema: '[{"name":"at","type":"TIMESTAMP"}]',
    time_partitioning: { type: "DAY", field: "at" },
  },
  google_bigquery_table_iam_member: {
    dataset_id: "${google_bigquery_dataset.main.dataset_id}",
    table_id: "${google_bigquery_table.main.table_id}",
    role: "roles/bigquery.dataViewer",
    member: account,
  },
  google_storage_bucket: {
    name: "acme-ml-data",
    location: "europe-west4",
    uniform_bucket_level_access: true,
    encryption: { default_kms_key_name: key },
    versioning: { enabled: true },
    lifecycle_rule: [{ action: { type: "Delete" }, condition: { age: 30 } }],
  },
  google_storage_bucket_iam_member: {
    bucket: "${google_storage_bucket.main.name}",
    role: "roles/storage.objectViewer",
    member: account,
  },
  google_storage_bucket_object: {
    bucket: "${google_storage_bucket.main.name}",
    name: "config/rollout.json",
    content: '{"stages":[10,50,100]}',
  },
  google_storage_notification: {
    bucket: "${google_storage_bucket.main.name}",
    topic: "${google_pubsub_topic.main.id}",
    payload_format: "JSON_API_V1",
    event_types: ["OBJECT_FINALIZE"],
    depends_on: ["google_pubsub_topic_iam_member.main"],
  },
  google_dataflow_flex_template_job: {
    provider: "google-beta",
    name: "events",
    container_spec_gcs_path: "gs://dataflow-templates/latest/flex/Yaml_Template",
    parameters: { yaml_pipeline_file: "gs://acme-ml-data/pipeline.yaml" },
    service_account_email: "${google_service_account.main.email}",
    kms_key_name: key,
    subnetwork: "regions/europe-west4/subnetworks/${google_compute_subnetwork.main.name}",
  },
  google_vertex_ai_tensorboard: { display_name: "churn", region: location, encryption_spec: { kms_key_name: key } },
  google_vertex_ai_deployment_resource_pool: {
    name: "shared",
    region: location,
    dedicated_resources: {
      machine_spec: { machine_type: "n1-standard-4" },
      min_replica_count: 1,
      max_replica_count: 2,
    },
  },
  google_vertex_ai_endpoint: {
    name: "1234567",
    display_name: "churn",
    location,
    region: location,
    dedicated_endpoint_enabled: true,
    encryption_spec: { kms_key_name: key },
  },
  google_vertex_ai_endpoint_iam_member: {
    provider: "google-beta",
    endpoint: "${google_vertex_ai_endpoint.main.name}",
    location,
    role: "roles/aiplatform.user",
    member: account,
  },
  google_cloud_scheduler_job: {
    name: "train",
    schedule: "0 3 * * *",
    region: location,
    http_target: {
      uri: "https://workflowexecutions.googleapis.com/v1/projects/acme-ml/locations/europe-west4/workflows/train/executions",
      http_method: "POST",
      oauth_token: { service_account_email: "${google_service_account.main.email}" },
    },
  },
  google_cloud_run_v2_service: {
    name: "api",
    location,
    deletion_protection: false,
    template: {
      service_account: "${google_service_account.main.email}",
      encryption_key: key,
      containers: [{ image: "europe-docker.pkg.dev/acme-ml/images/api", resources: { limits: { cpu: "1" } } }],
    },
    traffic: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 }],
  },
  google_cloud_run_v2_service_iam_member: {
    name: "${google_cloud_run_v2_service.main.name}",
    location,
    role: "roles/run.invoker",
    member: account,
  },
  google_workflows_workflow: {
    name: "train",
    region: location,
    service_account: "${google_service_account.main.id}",
    crypto_key_name: key,
    source_contents: "main:\n  steps:\n    - done:\n        return: 1\n",
    deletion_protection: false,
  },
  google_monitoring_notification_channel: {
    display_name: "On call",
    type: "email",
    labels: { email_address: "oncall@example.com" },
  },
  google_monitoring_alert_policy: {
    display_name: "Errors",
    combiner: "OR",
    notification_channels: ["${google_monitoring_notification_channel.main.name}"],
    conditions: [
      {
        display_name: "5xx",
        condition_threshold: {
          filter: 'metric.type = "aiplatform.googleapis.com/prediction/online/error_count"',
          duration: "300s",
          comparison: "COMPARISON_GT",
          threshold_value: 0.05,
        },
      },
    ],
  },
  google_monitoring_dashboard: { dashboard_json: '{"displayName":"Churn"}' },
  google_monitoring_custom_service: { service_id: "churn", display_name: "Churn" },
  google_monitoring_slo: {
    service: "${google_monitoring_custom_service.main.service_id}",
    slo_id: "availability",
    goal: 0.995,
    rolling_period_days: 28,
    windows_based_sli: {
      window_period: "300s",
      metric_mean_in_range: {
        time_series: 'metric.type="aiplatform.googleapis.com/prediction/online/prediction_latencies"',
        range: { max: 200 },
      },
    },
  },
};

/** Configuration with one resource of every type, and what they stand on: APIs that are on, grants on the key. */
export function everyTypeConfig(projectNumber: string) {
  const google_project_service = Object.fromEntries(
    services.map((service) => [service.split(".")[0]!, { service, disable_on_destroy: true }]),
  );
  const apis = Object.keys(google_project_service).map((name) => `google_project_service.${name}`);
  const identities = Object.fromEntries(
    ["artifactregistry", "pubsub", "workflows"].map((name) => [
      name,
      { provider: "google-beta", service: `${name}.googleapis.com`, depends_on: apis },
    ]),
  );
  const emails = [
    ...Object.values(agents).map((domain) => `service-${projectNumber}@${domain}.iam.gserviceaccount.com`),
    `bq-${projectNumber}@bigquery-encryption.iam.gserviceaccount.com`,
  ];
  const grants = emails.map((email, index) => [
    `agent${index}`,
    {
      crypto_key_id: key,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: `serviceAccount:${email}`,
      depends_on: ["main", ...Object.keys(identities)].map((name) => `google_project_service_identity.${name}`),
    },
  ]);
  const granted = grants.map(([name]) => `google_kms_crypto_key_iam_member.${name as string}`);
  const usesNoKey = (type: string) => /^google_(?:kms_|project_|service_account)/.test(type);
  const main = Object.entries(everyType).map(([type, args]) => {
    const own = (args["depends_on"] ?? []) as readonly string[];
    const depends_on = [...apis, ...(usesNoKey(type) ? [] : granted), ...own];
    return [type, { main: { ...args, depends_on } }];
  });
  const resource = Object.fromEntries(main) as Record<string, Record<string, Arguments>>;
  return {
    resource: {
      ...resource,
      google_project_service,
      google_project_service_identity: { ...resource["google_project_service_identity"], ...identities },
      google_kms_crypto_key_iam_member: Object.fromEntries(grants) as Record<string, Arguments>,
    },
  };
}
