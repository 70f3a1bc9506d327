type Arguments = Readonly<Record<string, unknown>>;

/** What a rule of security refuses, and what it says then. */
export interface Unsafe {
  readonly type: string;
  /** Arguments that the rule accepts. */
  readonly right: Arguments;
  /** What makes them wrong. */
  readonly wrong: Arguments;
  readonly message: string;
}

const account = "serviceAccount:runner@acme-ml-dev.iam.gserviceaccount.com";
const grant = { role: "roles/run.invoker", member: account };
const subnet = { private_ip_google_access: true, log_config: { metadata: "INCLUDE_ALL_METADATA" } };
const inside = { ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" };
const policyRule = { action: "allow", direction: "INGRESS", enable_logging: true };
const ingress = (value: string) => ({ metadata: { annotations: { "run.googleapis.com/ingress": value } } });
const network = { ipv4_enabled: false, ssl_mode: "ENCRYPTED_ONLY" };

const one = "assertion.repository_owner_id == '6' && assertion.repository_id == '7'";
const github = {
  type: "google_iam_workload_identity_pool_provider",
  right: { oidc: { issuer_uri: "https://token.actions.githubusercontent.com" }, attribute_condition: one },
} as const;

/** One at least for each rule of security, by its id. */
export const unsafe: Readonly<Record<string, readonly Unsafe[]>> = {
  "accesscontextmanager/dry-run-first": [
    {
      type: "google_access_context_manager_service_perimeter",
      right: { use_explicit_dry_run_spec: true, spec: { resources: ["projects/1"] } },
      wrong: { spec: undefined, status: { resources: ["projects/1"] } },
      message: "'spec' must be set, with 'use_explicit_dry_run_spec': try what 'status' is to enforce before it does",
    },
  ],
  "artifactregistry/immutable-and-scanned": [
    {
      type: "google_artifact_registry_repository",
      right: { format: "DOCKER", docker_config: { immutable_tags: true } },
      wrong: { docker_config: { immutable_tags: false } },
      message: "'docker_config.immutable_tags' must be true, got false",
    },
    {
      type: "google_artifact_registry_repository",
      right: { format: "DOCKER", docker_config: { immutable_tags: "true" } },
      wrong: { vulnerability_scanning_config: { enablement_config: "DISABLED" } },
      message: '\'vulnerability_scanning_config.enablement_config\' must be "INHERITED", got "DISABLED"',
    },
  ],
  "bigquery/dataset-is-private": [
    {
      type: "google_bigquery_dataset",
      right: { access: [{ role: "OWNER", special_group: "projectOwners" }] },
      wrong: { access: [{ role: "READER", special_group: "allAuthenticatedUsers" }] },
      message: "'access' must not name allAuthenticatedUsers: name a group or a service account",
    },
  ],
  "compute/firewall-is-narrow": [
    {
      type: "google_compute_firewall",
      right: {
        allow: { protocol: "tcp" },
        source_ranges: ["10.0.0.0/8"],
        log_config: { metadata: "INCLUDE_ALL_METADATA" },
      },
      wrong: { source_ranges: ["10.0.0.0/8", "0.0.0.0/0"] },
      message: "'source_ranges' must not hold \"0.0.0.0/0\": name the ranges that may come in",
    },
    {
      type: "google_compute_firewall",
      right: {
        deny: { protocol: "all" },
        source_ranges: ["0.0.0.0/0"],
        log_config: { metadata: "INCLUDE_ALL_METADATA" },
      },
      wrong: { log_config: undefined },
      message: "'log_config' must be set, got nothing",
    },
    {
      type: "google_compute_network_firewall_policy_rule",
      right: { ...policyRule, match: { src_ip_ranges: ["10.0.0.0/8"] } },
      wrong: { match: { src_ip_ranges: ["0.0.0.0/0"] } },
      message: "'match.src_ip_ranges' must not hold \"0.0.0.0/0\": name the ranges that may come in",
    },
    {
      type: "google_compute_firewall_policy_rule",
      right: { ...policyRule, action: "deny", match: { src_ip_ranges: ["0.0.0.0/0"] } },
      wrong: { enable_logging: false },
      message: "'enable_logging' must be true, got false",
    },
    {
      type: "google_compute_region_network_firewall_policy_rule",
      right: { ...policyRule, action: "goto_next", enable_logging: false },
      wrong: { action: "deny" },
      message: "'enable_logging' must be true, got false",
    },
    {
      type: "google_compute_network_firewall_policy_with_rules",
      right: { rule: { ...policyRule, match: { src_ip_ranges: ["10.0.0.0/8"] } } },
      wrong: { rule: { ...policyRule, match: { src_ip_ranges: ["::/0"] } } },
      message: "'rule.match.src_ip_ranges' must not hold \"::/0\": name the ranges that may come in",
    },
  ],
  "compute/no-default-subnets": [
    {
      type: "google_compute_network",
      right: { auto_create_subnetworks: "false" },
      wrong: { auto_create_subnetworks: undefined },
      message: "'auto_create_subnetworks' must be false, got nothing",
    },
  ],
  "compute/no-public-addresses": [
    {
      type: "google_workbench_instance",
      right: { gce_setup: { disable_public_ip: true } },
      wrong: { gce_setup: { disable_public_ip: false } },
      message: "'gce_setup.disable_public_ip' must be true, got false",
    },
    {
      type: "google_colab_runtime_template",
      right: { network_spec: { enable_internet_access: false } },
      wrong: { network_spec: { enable_internet_access: true } },
      message: "'network_spec.enable_internet_access' must be false, got true",
    },
  ],
  "compute/private-google-access": [
    {
      type: "google_compute_subnetwork",
      right: subnet,
      wrong: { private_ip_google_access: false },
      message: "'private_ip_google_access' must be true, got false",
    },
  ],
  "compute/subnet-logs-flows": [
    {
      type: "google_compute_subnetwork",
      right: subnet,
      wrong: { log_config: undefined },
      message: "'log_config' must be set, got nothing",
    },
  ],
  "datacatalog/tags-control-access": [
    {
      type: "google_data_catalog_taxonomy",
      right: { activated_policy_types: ["FINE_GRAINED_ACCESS_CONTROL"] },
      wrong: { activated_policy_types: undefined },
      message: "'activated_policy_types' must hold \"FINE_GRAINED_ACCESS_CONTROL\", got nothing",
    },
  ],
  "dataflow/private-workers": [
    {
      type: "google_data_pipeline_pipeline",
      right: {
        workload: {
          dataflow_flex_template_request: {
            launch_parameter: { environment: { ip_configuration: "WORKER_IP_PRIVATE" } },
          },
        },
      },
      wrong: {
        workload: {
          dataflow_flex_template_request: {
            launch_parameter: { environment: { ip_configuration: "WORKER_IP_PUBLIC" } },
          },
        },
      },
      message:
        '\'workload.dataflow_flex_template_request.launch_parameter.environment.ip_configuration\' must be "WORKER_IP_PRIVATE", got "WORKER_IP_PUBLIC"',
    },
  ],
  "iam/account-of-its-own": [
    {
      type: "google_cloud_run_v2_service",
      right: { template: { service_account: "runner@acme-ml-dev.iam.gserviceaccount.com" } },
      wrong: { template: { service_account: "1-compute@developer.gserviceaccount.com" } },
      message:
        "'template.service_account' must be an account made for this workload, got \"1-compute@developer.gserviceaccount.com\"",
    },
  ],
  "iam/federation-is-to-one-repository": [
    {
      ...github,
      wrong: { attribute_condition: "assertion.repository_owner_id == '6'" },
      message:
        "'attribute_condition' must say \"assertion.repository_id == 'NUMBER' && ...\", got \"assertion.repository_owner_id == '6'\"",
    },
    {
      ...github,
      right: {
        ...github.right,
        attribute_mapping: { "google.subject": "assertion.sub", "attribute.environment": "assertion.environment" },
        attribute_condition: `${one} && assertion.ref == 'refs/heads/main'`,
      },
      wrong: { attribute_condition: one },
      message: `'attribute_condition' must compare assertion.ref where environments are mapped, got "${one}"`,
    },
    {
      ...github,
      wrong: { attribute_condition: "assertion.repository_owner_id == '6' && assertion.repository == 'acme/ml'" },
      message:
        "'attribute_condition' must say \"assertion.repository_id == 'NUMBER' && ...\", got \"assertion.repository_owner_id == '6' && assertion.repository == 'acme/ml'\"",
    },
    {
      ...github,
      right: {
        ...github.right,
        attribute_condition: `${one} && (has(assertion.environment) ? (assertion.ref == 'a' || true) : assertion.ref == 'b')`,
      },
      wrong: { attribute_condition: "(assertion.repository_id == '7') && assertion.repository_owner_id == '6'" },
      message:
        "'attribute_condition' must say \"assertion.repository_id == 'NUMBER' && ...\", got \"(assertion.repository_id == '7') && assertion.repository_owner_id == '6'\"",
    },
  ],
  "iam/federation-names-whom": [
    {
      type: "google_service_account_iam_member",
      right: { role: "roles/iam.workloadIdentityUser", member: "principalSet://x/attribute.repository/acme/ml" },
      wrong: { member: "principalSet://x/*" },
      message:
        "'principalSet://x/*' must not get roles/iam.workloadIdentityUser: name a subject, a group or an attribute, such as .../attribute.repository/ORG/REPO",
    },
  ],
  "iam/no-roles-for-roles": [
    {
      type: "google_project_iam_custom_role",
      right: { permissions: ["iam.roles.get", "iam.roles.list", "storage.buckets.update"] },
      wrong: { permissions: ["iam.roles.get", "iam.roles.update"] },
      message: "'permissions' must not hold iam.roles.update: let people change roles",
    },
  ],
  "storage/objects-can-be-restored": [
    {
      type: "google_storage_bucket",
      right: { versioning: { enabled: true } },
      wrong: { versioning: { enabled: false } },
      message: "'versioning.enabled' must be true, got false",
    },
    {
      type: "google_storage_bucket",
      right: { versioning: { enabled: true } },
      wrong: { versioning: undefined },
      message: "'versioning.enabled' must be true, got nothing",
    },
    {
      type: "google_storage_bucket",
      right: { versioning: { enabled: true }, soft_delete_policy: { retention_duration_seconds: 604_800 } },
      wrong: { soft_delete_policy: { retention_duration_seconds: 0 } },
      message: "'soft_delete_policy.retention_duration_seconds' must be at least 604800, a week, got 0",
    },
  ],
  "iam/no-admin-for-workloads": [
    {
      type: "google_storage_bucket_iam_member",
      right: { role: "roles/storage.objectUser", member: account },
      wrong: { role: "roles/storage.admin" },
      message: `'role' must not be roles/storage.admin for ${account}: grant what it does, such as *.objectUser or *.dataEditor`,
    },
  ],
  "iam/no-basic-roles": [
    {
      type: "google_project_iam_member",
      right: grant,
      wrong: { role: "roles/editor" },
      message: "'role' must not be roles/editor: grant a role of the service, on the smallest resource that has it",
    },
  ],
  "iam/no-impersonation-of-all": [
    {
      type: "google_project_iam_member",
      right: grant,
      wrong: { role: "roles/iam.serviceAccountUser" },
      message: "'role' must not be roles/iam.serviceAccountUser here: grant it on the one account that is meant",
    },
  ],
  "iam/no-public-members": [
    {
      type: "google_cloud_run_v2_service_iam_member",
      right: grant,
      wrong: { member: "allUsers" },
      message: "'allUsers' must not get roles/run.invoker: name a group or a service account",
    },
  ],
  "kms/customer-managed-key": [
    {
      type: "google_storage_bucket",
      right: { encryption: { default_kms_key_name: "k" } },
      wrong: { encryption: undefined },
      message: "'encryption.default_kms_key_name' must name a key of the platform, got nothing",
    },
  ],
  "kms/key-rotates": [
    {
      type: "google_kms_crypto_key",
      right: { rotation_period: "7776000s" },
      wrong: { rotation_period: "31536000s" },
      message: '\'rotation_period\' must be seconds up to 90 days, such as "7776000s", got "31536000s"',
    },
  ],
  "logging/sink-has-own-writer": [
    {
      type: "google_logging_project_sink",
      right: { unique_writer_identity: true },
      wrong: { unique_writer_identity: false },
      message: "'unique_writer_identity' must be true, got false",
    },
  ],
  "platform/data-is-kept": [
    {
      type: "google_storage_bucket",
      right: { force_destroy: false },
      wrong: { force_destroy: "true" },
      message: "'force_destroy' must not be \"true\", unless the environment says 'deletionProtection: false'",
    },
    {
      type: "google_bigquery_table",
      right: { deletion_protection: undefined },
      wrong: { deletion_protection: false },
      message: "'deletion_protection' must not be false, unless the environment says 'deletionProtection: false'",
    },
  ],
  "pubsub/messages-stay-in-region": [
    {
      type: "google_pubsub_topic",
      right: { message_storage_policy: { allowed_persistence_regions: ["europe-west4"] } },
      wrong: { message_storage_policy: undefined },
      message:
        "'message_storage_policy.allowed_persistence_regions' must name the regions where messages may be kept, got nothing",
    },
  ],
  "pubsub/subscription-never-expires": [
    {
      type: "google_pubsub_subscription",
      right: { expiration_policy: { ttl: "" } },
      wrong: { expiration_policy: { ttl: "2678400s" } },
      message: '\'expiration_policy.ttl\' must be "", which is never, got "2678400s"',
    },
  ],
  "pubsub/undeliverable-is-kept": [
    {
      type: "google_pubsub_subscription",
      right: { push_config: { push_endpoint: "https://x.example" }, dead_letter_policy: { dead_letter_topic: "t" } },
      wrong: { dead_letter_policy: undefined },
      message: "'dead_letter_policy' must be set, got nothing",
    },
  ],
  "run/ingress-is-internal": [
    {
      type: "google_cloud_run_v2_service",
      right: inside,
      wrong: { ingress: "INGRESS_TRAFFIC_ALL" },
      message:
        '\'ingress\' must be "INGRESS_TRAFFIC_INTERNAL_ONLY" or "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER", got "INGRESS_TRAFFIC_ALL"',
    },
    {
      type: "google_cloud_run_service",
      right: ingress("internal"),
      wrong: ingress("all"),
      message:
        '\'metadata.annotations\' must hold run.googleapis.com/ingress as "internal" or "internal-and-cloud-load-balancing", got "all"',
    },
    {
      type: "google_cloud_run_service",
      right: ingress("internal-and-cloud-load-balancing"),
      wrong: { metadata: undefined },
      message:
        '\'metadata.annotations\' must hold run.googleapis.com/ingress as "internal" or "internal-and-cloud-load-balancing", got nothing',
    },
  ],
  "secretmanager/no-secrets-in-state": [
    {
      type: "google_datastream_connection_profile",
      right: { mysql_profile: { secret_manager_stored_password: "projects/p/secrets/s" } },
      wrong: { mysql_profile: { password: "hunter2" } },
      message: "'mysql_profile.password' must not be set: set 'mysql_profile.secret_manager_stored_password'",
    },
  ],
  "serviceusage/services-stay-enabled": [
    {
      type: "google_project_service",
      right: { disable_on_destroy: false },
      wrong: { disable_on_destroy: true },
      message: "'disable_on_destroy' must be false, got true",
    },
  ],
  "sqladmin/no-open-networks": [
    {
      type: "google_sql_database_instance",
      right: { settings: { ip_configuration: { authorized_networks: [{ value: "10.0.0.0/8" }] } } },
      wrong: { settings: { ip_configuration: { authorized_networks: [{ value: "0.0.0.0/0" }] } } },
      message:
        "'settings.ip_configuration.authorized_networks.value' must not be \"0.0.0.0/0\": name the ranges that may connect",
    },
  ],
  "sqladmin/tls-only": [
    {
      type: "google_sql_database_instance",
      right: { settings: { ip_configuration: network } },
      wrong: { settings: { ip_configuration: { ...network, ssl_mode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" } } },
      message:
        '\'settings.ip_configuration.ssl_mode\' must be "ENCRYPTED_ONLY" or "TRUSTED_CLIENT_CERTIFICATE_REQUIRED", got "ALLOW_UNENCRYPTED_AND_ENCRYPTED"',
    },
  ],
  "storage/bucket-is-private": [
    {
      type: "google_storage_bucket",
      right: { public_access_prevention: "enforced", uniform_bucket_level_access: true },
      wrong: { public_access_prevention: "inherited" },
      message: '\'public_access_prevention\' must be "enforced", got "inherited"',
    },
    {
      type: "google_storage_bucket",
      right: { public_access_prevention: "enforced", uniform_bucket_level_access: true },
      wrong: { uniform_bucket_level_access: false },
      message: "'uniform_bucket_level_access' must be true, got false",
    },
  ],
  "vertex-ai/endpoint-is-dedicated-or-private": [
    {
      type: "google_vertex_ai_endpoint",
      right: { private_service_connect_config: { enable_private_service_connect: true } },
      wrong: { private_service_connect_config: undefined },
      message:
        "one of 'dedicated_endpoint_enabled', 'private_service_connect_config.enable_private_service_connect', 'network' must be set, got nothing",
    },
    {
      type: "google_vertex_ai_endpoint",
      right: { private_service_connect_config: { enable_private_service_connect: true } },
      wrong: { private_service_connect_config: { enable_private_service_connect: false } },
      message:
        "one of 'dedicated_endpoint_enabled', 'private_service_connect_config.enable_private_service_connect', 'network' must be set, got nothing",
    },
    {
      type: "google_vertex_ai_index_endpoint",
      right: { network: "projects/1/global/networks/n" },
      wrong: { public_endpoint_enabled: true },
      message: "'public_endpoint_enabled' must be false, got true",
    },
  ],
};

/** Types that are refused whatever their arguments, by the id of the rule. */
export const refusedTypes: Readonly<Record<string, readonly (readonly [type: string, message: string])[]>> = {
  "iam/grants-are-additive": [
    ["google_project_iam_binding", "grants must be made one by one: use google_project_iam_member"],
    ["google_storage_bucket_iam_policy", "grants must be made one by one: use google_storage_bucket_iam_member"],
  ],
  "iam/no-account-keys": ["google_service_account_key", "google_storage_hmac_key"].map((type) => [
    type,
    "service accounts must not have keys: let the workload act as the account, or use workload identity federation",
  ]),
};
