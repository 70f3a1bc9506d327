/** One argument of a resource, changed towards the unsafe. */
export interface Mutation {
  readonly what: string;
  /** Resource types it is tried on. */
  readonly types: RegExp;
  /** Argument, below blocks that are there. */
  readonly path: string;
  /** What it becomes; nothing where it is taken away. */
  readonly value?: unknown;
  /** Resources that it makes unsafe. */
  readonly where?: (args: Readonly<Record<string, unknown>>) => boolean;
}

const of = (...names: readonly string[]) => new RegExp(`^google_(?:${names.join("|")})$`);
const grant = /_iam_member$/;
const workload = ({ member }: Readonly<Record<string, unknown>>) => /google_service_account\./.test(String(member));
const delivers = (args: Readonly<Record<string, unknown>>) =>
  ["bigquery_config", "cloud_storage_config", "push_config"].some((kind) => args[kind] !== undefined);
const lets = (args: Readonly<Record<string, unknown>>) => args["allow"] !== undefined;
/** A view holds nothing that could be lost with it. */
const holdsData = ({ view }: Readonly<Record<string, unknown>>) => view === undefined;
const isAuditTrail = ({ name }: Readonly<Record<string, unknown>>) => name === "audit";

/** Keys are not in the table: every argument that names one is taken away. */
export const mutations: readonly Mutation[] = [
  { what: "everybody is let in", types: grant, path: "member", value: "allUsers" },
  { what: "everybody with an account is let in", types: grant, path: "member", value: "allAuthenticatedUsers" },
  {
    what: "every repository of the forge is let in",
    types: grant,
    path: "member",
    value: "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/github/*",
  },
  { what: "the owner's role", types: grant, path: "role", value: "roles/owner" },
  { what: "the editor's role", types: grant, path: "role", value: "roles/editor" },
  { what: "a role that administers", types: grant, path: "role", value: "roles/storage.admin", where: workload },
  {
    what: "a role of all accounts",
    types: of("project_iam_member"),
    path: "role",
    value: "roles/iam.serviceAccountTokenCreator",
  },
  { what: "objects may be shared", types: of("storage_bucket"), path: "public_access_prevention", value: "inherited" },
  { what: "objects may be shared, left out", types: of("storage_bucket"), path: "public_access_prevention" },
  { what: "access lists", types: of("storage_bucket"), path: "uniform_bucket_level_access", value: false },
  { what: "no older version is kept", types: of("storage_bucket"), path: "versioning" },
  {
    what: "what is deleted is gone",
    types: of("storage_bucket"),
    path: "soft_delete_policy.retention_duration_seconds",
    value: 0,
  },
  {
    what: "every repository of GitHub is let in",
    types: of("iam_workload_identity_pool_provider"),
    path: "attribute_condition",
    value: "assertion.repository == 'acme/ml-platform'",
  },
  {
    what: "every job of the repository may deploy",
    types: of("service_account_iam_member"),
    path: "member",
    value:
      "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/github/attribute.repository_id/7",
    where: ({ member }) => /attribute\.environment/.test(String(member)),
  },
  {
    what: "environments of GitHub count from any branch",
    types: of("iam_workload_identity_pool_provider"),
    path: "attribute_condition",
    value: "assertion.repository_owner_id == '6' && assertion.repository_id == '7'",
  },
  {
    what: "whoever deploys may make itself the owner",
    types: of("project_iam_member"),
    path: "condition",
    where: ({ condition }) => /modifiedGrantsByRole/.test(JSON.stringify(condition ?? {})),
  },
  {
    what: "roles may be changed by who holds them",
    types: of("project_iam_custom_role"),
    path: "permissions",
    value: ["iam.roles.update"],
  },
  { what: "data goes with its bucket", types: of("storage_bucket"), path: "force_destroy", value: true },
  {
    what: "data goes with its dataset",
    types: of("bigquery_dataset"),
    path: "delete_contents_on_destroy",
    value: true,
  },
  {
    what: "nothing protects",
    types: of("bigquery_table", "cloud_run_v2_service"),
    path: "deletion_protection",
    value: false,
    where: holdsData,
  },
  {
    what: "Terraform may destroy",
    types: of("cloud_quotas_quota_preference", "kms_crypto_key", "vertex_ai_endpoint", "vertex_ai_tensorboard"),
    path: "lifecycle",
  },
  {
    what: "everybody may read a dataset",
    types: of("bigquery_dataset"),
    path: "access",
    value: [{ role: "READER", special_group: "allAuthenticatedUsers" }],
  },
  { what: "the internet may call", types: of("cloud_run_v2_service"), path: "ingress", value: "INGRESS_TRAFFIC_ALL" },
  { what: "the internet may call, left out", types: of("cloud_run_v2_service"), path: "ingress" },
  { what: "the default account", types: of("cloud_run_v2_service"), path: "template.service_account" },
  { what: "the default account", types: of("dataflow_flex_template_job"), path: "service_account_email" },
  {
    what: "an account of Google's",
    types: of("dataflow_flex_template_job"),
    path: "service_account_email",
    value: "1-compute@developer.gserviceaccount.com",
  },
  {
    what: "public workers",
    types: of("dataflow_flex_template_job"),
    path: "ip_configuration",
    value: "WORKER_IP_PUBLIC",
  },
  { what: "public workers, left out", types: of("dataflow_flex_template_job"), path: "ip_configuration" },
  { what: "a shared endpoint", types: of("vertex_ai_endpoint"), path: "dedicated_endpoint_enabled", value: false },
  { what: "a shared endpoint, left out", types: of("vertex_ai_endpoint"), path: "dedicated_endpoint_enabled" },
  {
    what: "the internet comes in",
    types: of("compute_firewall"),
    path: "source_ranges",
    value: ["0.0.0.0/0"],
    where: lets,
  },
  { what: "a firewall that tells nothing", types: of("compute_firewall"), path: "log_config" },
  { what: "flows leave no trace", types: of("compute_subnetwork"), path: "log_config" },
  { what: "no private way to Google", types: of("compute_subnetwork"), path: "private_ip_google_access", value: false },
  { what: "a subnet in every region", types: of("compute_network"), path: "auto_create_subnetworks", value: true },
  { what: "a key for ever", types: of("kms_crypto_key"), path: "rotation_period" },
  { what: "a key for a year", types: of("kms_crypto_key"), path: "rotation_period", value: "31536000s" },
  { what: "gone in a minute", types: of("kms_crypto_key"), path: "destroy_scheduled_duration", value: "60s" },
  {
    what: "a sink without an identity",
    types: of("logging_project_sink"),
    path: "unique_writer_identity",
    value: false,
  },
  { what: "a sink that is off", types: of("logging_project_sink"), path: "disabled", value: true, where: isAuditTrail },
  {
    what: "a sink to where nothing stays",
    types: of("logging_project_sink"),
    path: "destination",
    value: "pubsub.googleapis.com/projects/p/topics/t",
    where: isAuditTrail,
  },
  {
    what: "a sink of some logs",
    types: of("logging_project_sink"),
    path: "filter",
    value: 'log_id("cloudaudit.googleapis.com/activity")',
    where: isAuditTrail,
  },
  {
    what: "a retention that can be shortened",
    types: of("logging_project_bucket_config"),
    path: "locked",
    value: false,
  },
  { what: "a month of audit logs", types: of("logging_project_bucket_config"), path: "retention_days", value: 30 },
  { what: "a month of audit logs, left out", types: of("logging_project_bucket_config"), path: "retention_days" },
  {
    what: "reads are not logged",
    types: of("project_iam_audit_config"),
    path: "audit_log_config.log_type",
    value: "DATA_READ",
  },
  {
    what: "somebody leaves no trace",
    types: of("project_iam_audit_config"),
    path: "audit_log_config.exempted_members",
    value: ["user:ada@acme.example"],
  },
  {
    what: "one service is logged",
    types: of("project_iam_audit_config"),
    path: "service",
    value: "storage.googleapis.com",
  },
  { what: "services go with the stack", types: of("project_service"), path: "disable_on_destroy", value: true },
  {
    what: "a quota of nothing",
    types: of("cloud_quotas_quota_preference"),
    path: "quota_config.preferred_value",
    value: "0",
  },
  {
    what: "tags that move",
    types: of("artifact_registry_repository"),
    path: "docker_config.immutable_tags",
    value: false,
    where: ({ format }) => format === "DOCKER",
  },
  {
    what: "images that nobody scans",
    types: of("artifact_registry_repository"),
    path: "vulnerability_scanning_config",
    value: { enablement_config: "DISABLED" },
    where: ({ format }) => format === "DOCKER",
  },
  { what: "messages anywhere", types: of("pubsub_topic"), path: "message_storage_policy" },
  {
    what: "messages that are refused are lost",
    types: of("pubsub_subscription"),
    path: "dead_letter_policy",
    where: delivers,
  },
  { what: "a subscription that expires", types: of("pubsub_subscription"), path: "expiration_policy" },
  {
    what: "a budget of 80 times the amount",
    types: of("billing_budget"),
    path: "threshold_rules",
    value: [{ threshold_percent: 80 }],
  },
];

/** Resources without which the platform is unsafe. */
export const losses: readonly Pick<Mutation, "what" | "types" | "where">[] = [
  { what: "no budget", types: of("billing_budget") },
  { what: "no audit sink", types: of("logging_project_sink"), where: isAuditTrail },
  { what: "data access is not logged", types: of("project_iam_audit_config") },
  { what: "nothing denies", types: of("compute_firewall"), where: ({ deny }) => deny !== undefined },
];

/** Resources that no stack may have. */
export const additions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  google_service_account_key: { service_account_id: "runner" },
  google_storage_hmac_key: { service_account_email: "runner@acme-ml-prod.iam.gserviceaccount.com" },
  google_project_iam_binding: { project: "acme-ml-prod", role: "roles/run.invoker", members: ["group:a@acme.example"] },
  google_project_iam_policy: { project: "acme-ml-prod", policy_data: "{}" },
  google_iam_workload_identity_pool_provider: {
    workload_identity_pool_id: "github",
    workload_identity_pool_provider_id: "github",
    oidc: { issuer_uri: "https://token.actions.githubusercontent.com" },
    attribute_mapping: { "google.subject": "assertion.sub" },
  },
  google_access_context_manager_service_perimeter: {
    parent: "accessPolicies/1",
    name: "accessPolicies/1/servicePerimeters/ml",
    title: "ml",
    status: { resources: ["projects/1"], restricted_services: ["storage.googleapis.com"] },
  },
  google_data_catalog_taxonomy: { display_name: "pii", region: "europe-west4" },
};
