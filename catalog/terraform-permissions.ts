/*
 * What Terraform needs to read and to manage each resource type that the stacks use.
 * Source: the calls of each resource in hashicorp/google 6.50.0, and the permissions of those calls as the "Roles and permissions" page
 * of the IAM documentation lists them by predefined role; read 2026-08. Which of them Google asks for was not tried on Google Cloud.
 */

export interface TerraformPermissions {
  /** What `terraform plan` asks for. */
  readonly read: readonly string[];
  /** What applying a creation, an update or a deletion asks for besides. */
  readonly write: readonly string[];
}

/** Permissions of one collection of an API, such as `pubsub.topics`. */
const of = (collection: string, ...verbs: readonly string[]) => verbs.map((verb) => `${collection}.${verb}`);

const managed = (collection: string, ...write: readonly string[]): TerraformPermissions => ({
  read: of(collection, "get"),
  write: [...of(collection, "create", "update", "delete"), ...write],
});

const granted = (collection: string): TerraformPermissions => ({
  read: of(collection, "getIamPolicy"),
  write: of(collection, "setIamPolicy"),
});

/** What runs as a service account is made by somebody who may act as that account. */
const actAs = "iam.serviceAccounts.actAs";

/**
 * Types of the stacks that CI applies. Versions of keys are not destroyed from CI, services are not disabled; budgets belong to the
 * billing account, and objects are granted by bucket: neither is a permission on the project.
 */
export const deployedTypes: Readonly<Record<string, TerraformPermissions>> = {
  google_artifact_registry_repository: managed("artifactregistry.repositories"),
  google_artifact_registry_repository_iam_member: granted("artifactregistry.repositories"),
  google_bigquery_dataset: managed("bigquery.datasets"),
  google_bigquery_dataset_iam_member: granted("bigquery.datasets"),
  google_bigquery_routine: managed("bigquery.routines"),
  google_bigquery_table: managed("bigquery.tables"),
  google_bigquery_table_iam_member: granted("bigquery.tables"),
  google_billing_budget: { read: [], write: [] },
  google_cloud_quotas_quota_preference: { read: ["cloudquotas.quotas.get"], write: ["cloudquotas.quotas.update"] },
  google_cloud_run_v2_service: managed("run.services", "run.operations.get", actAs),
  google_cloud_run_v2_service_iam_member: granted("run.services"),
  google_cloud_scheduler_job: {
    read: of("cloudscheduler.jobs", "get", "fullView"),
    write: [...of("cloudscheduler.jobs", "create", "update", "delete", "enable", "pause"), actAs],
  },
  google_compute_firewall: managed(
    "compute.firewalls",
    "compute.networks.updatePolicy",
    "compute.globalOperations.get",
  ),
  google_compute_network: managed("compute.networks", "compute.networks.updatePolicy", "compute.globalOperations.get"),
  google_compute_route: {
    read: of("compute.routes", "get"),
    write: [
      ...of("compute.routes", "create", "delete"),
      "compute.networks.updatePolicy",
      "compute.globalOperations.get",
    ],
  },
  google_compute_router: managed("compute.routers", "compute.networks.updatePolicy", "compute.regionOperations.get"),
  google_compute_router_nat: {
    read: of("compute.routers", "get"),
    write: [...of("compute.routers", "update"), "compute.regionOperations.get"],
  },
  google_compute_subnetwork: managed(
    "compute.subnetworks",
    ...of("compute.subnetworks", "expandIpCidrRange", "setPrivateIpGoogleAccess"),
    "compute.networks.updatePolicy",
    "compute.regionOperations.get",
  ),
  google_dataflow_flex_template_job: {
    read: of("dataflow.jobs", "get"),
    write: [...of("dataflow.jobs", "create", "cancel", "updateContents"), actAs],
  },
  google_eventarc_trigger: managed("eventarc.triggers", "eventarc.operations.get", actAs),
  google_kms_crypto_key: {
    read: of("cloudkms.cryptoKeys", "get"),
    write: of("cloudkms.cryptoKeys", "create", "update"),
  },
  google_kms_crypto_key_iam_member: granted("cloudkms.cryptoKeys"),
  google_kms_key_ring: { read: of("cloudkms.keyRings", "get"), write: of("cloudkms.keyRings", "create") },
  google_logging_project_bucket_config: managed("logging.buckets", "logging.operations.get"),
  google_logging_project_sink: managed("logging.sinks"),
  google_monitoring_alert_policy: managed("monitoring.alertPolicies"),
  google_monitoring_custom_service: managed("monitoring.services"),
  google_monitoring_dashboard: managed("monitoring.dashboards"),
  google_monitoring_notification_channel: managed("monitoring.notificationChannels"),
  google_monitoring_slo: managed("monitoring.slos"),
  google_project_iam_audit_config: granted("resourcemanager.projects"),
  google_project_iam_member: granted("resourcemanager.projects"),
  google_project_service: {
    read: of("serviceusage.services", "get", "list"),
    write: ["serviceusage.services.enable", "serviceusage.operations.get"],
  },
  google_project_service_identity: {
    read: of("serviceusage.services", "get"),
    write: ["serviceusage.services.enable", "serviceusage.operations.get"],
  },
  google_pubsub_schema: {
    read: of("pubsub.schemas", "get"),
    write: of("pubsub.schemas", "create", "commit", "delete"),
  },
  google_pubsub_subscription: managed("pubsub.subscriptions", "pubsub.topics.attachSubscription"),
  google_pubsub_subscription_iam_member: granted("pubsub.subscriptions"),
  google_pubsub_topic: managed("pubsub.topics", "pubsub.schemas.attach"),
  google_pubsub_topic_iam_member: granted("pubsub.topics"),
  google_service_account: managed("iam.serviceAccounts"),
  google_service_account_iam_member: granted("iam.serviceAccounts"),
  google_storage_bucket: managed("storage.buckets"),
  google_storage_bucket_iam_member: granted("storage.buckets"),
  google_storage_bucket_object: { read: [], write: [] },
  google_storage_notification: { read: of("storage.buckets", "get"), write: of("storage.buckets", "update") },
  google_vertex_ai_endpoint: managed("aiplatform.endpoints"),
  google_vertex_ai_endpoint_iam_member: granted("aiplatform.endpoints"),
  google_vertex_ai_tensorboard: managed("aiplatform.tensorboards"),
  google_workflows_workflow: managed("workflows.workflows", "workflows.operations.get", actAs),
};

/** Types that only the bootstrap stack has. A person applies it: CI gets to read them, never to change them. */
export const bootstrapTypes: Readonly<Record<string, readonly string[]>> = {
  google_iam_workload_identity_pool: ["iam.googleapis.com/workloadIdentityPools.get"],
  google_iam_workload_identity_pool_provider: ["iam.googleapis.com/workloadIdentityPoolProviders.get"],
  google_project_iam_custom_role: ["iam.roles.get"],
};

/** Data sources of the stacks. */
export const readTypes: Readonly<Record<string, readonly string[]>> = {
  google_bigquery_default_service_account: ["resourcemanager.projects.get"],
  google_logging_project_settings: ["logging.settings.get"],
  google_storage_project_service_account: ["resourcemanager.projects.get"],
};

/** Who may set what is granted on the whole project: kept apart, since it is bounded by another list of roles. */
export const projectGrantPermissions = ["resourcemanager.projects.setIamPolicy"];
