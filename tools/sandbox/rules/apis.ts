/** An API that a project must turn on before it is used. */
export interface Api {
  /** Such as `pubsub.googleapis.com`. */
  readonly host: string;
  /** As errors call it. */
  readonly title: string;
  /** New projects have it on. Source: https://cloud.google.com/service-usage/docs/enabled-service */
  readonly onByDefault?: boolean;
}

/**
 * APIs by the first words of Terraform's types; the longest that fits counts. Types that are left out (`google_project_*`,
 * `google_service_account*`) work in every project.
 */
const apis: Readonly<Record<string, Api>> = {
  google_access_context_manager: { host: "accesscontextmanager.googleapis.com", title: "Access Context Manager API" },
  google_artifact_registry: { host: "artifactregistry.googleapis.com", title: "Artifact Registry API" },
  google_bigquery: { host: "bigquery.googleapis.com", title: "BigQuery API", onByDefault: true },
  google_bigtable: { host: "bigtableadmin.googleapis.com", title: "Cloud Bigtable Admin API" },
  google_billing_budget: { host: "billingbudgets.googleapis.com", title: "Cloud Billing Budget API" },
  google_cloud_quotas: { host: "cloudquotas.googleapis.com", title: "Cloud Quotas API" },
  google_cloud_run: { host: "run.googleapis.com", title: "Cloud Run Admin API" },
  google_cloud_scheduler: { host: "cloudscheduler.googleapis.com", title: "Cloud Scheduler API" },
  google_cloudbuild: { host: "cloudbuild.googleapis.com", title: "Cloud Build API" },
  google_clouddeploy: { host: "clouddeploy.googleapis.com", title: "Cloud Deploy API" },
  google_colab: { host: "aiplatform.googleapis.com", title: "Vertex AI API" },
  google_compute: { host: "compute.googleapis.com", title: "Compute Engine API" },
  google_container: { host: "container.googleapis.com", title: "Kubernetes Engine API" },
  google_data_catalog: { host: "datacatalog.googleapis.com", title: "Google Cloud Data Catalog API" },
  google_data_fusion: { host: "datafusion.googleapis.com", title: "Cloud Data Fusion API" },
  google_data_loss_prevention: { host: "dlp.googleapis.com", title: "Sensitive Data Protection (DLP)" },
  google_data_pipeline: { host: "datapipelines.googleapis.com", title: "Data Pipelines API" },
  google_dataflow: { host: "dataflow.googleapis.com", title: "Dataflow API" },
  google_dataplex: { host: "dataplex.googleapis.com", title: "Cloud Dataplex API" },
  google_dataproc: { host: "dataproc.googleapis.com", title: "Cloud Dataproc API" },
  google_datastream: { host: "datastream.googleapis.com", title: "Datastream API" },
  google_dns: { host: "dns.googleapis.com", title: "Cloud DNS API" },
  google_eventarc: { host: "eventarc.googleapis.com", title: "Eventarc API" },
  google_iam: { host: "iam.googleapis.com", title: "Identity and Access Management (IAM) API" },
  google_kms: { host: "cloudkms.googleapis.com", title: "Cloud Key Management Service (KMS) API" },
  google_logging: { host: "logging.googleapis.com", title: "Cloud Logging API", onByDefault: true },
  google_managed_kafka: { host: "managedkafka.googleapis.com", title: "Managed Service for Apache Kafka API" },
  google_monitoring: { host: "monitoring.googleapis.com", title: "Cloud Monitoring API", onByDefault: true },
  google_org_policy: { host: "orgpolicy.googleapis.com", title: "Organization Policy API" },
  google_pubsub: { host: "pubsub.googleapis.com", title: "Cloud Pub/Sub API" },
  google_secret_manager: { host: "secretmanager.googleapis.com", title: "Secret Manager API" },
  google_service_networking: { host: "servicenetworking.googleapis.com", title: "Service Networking API" },
  google_spanner: { host: "spanner.googleapis.com", title: "Cloud Spanner API" },
  google_sql: { host: "sqladmin.googleapis.com", title: "Cloud SQL Admin API" },
  google_storage: { host: "storage.googleapis.com", title: "Cloud Storage API", onByDefault: true },
  google_vertex_ai: { host: "aiplatform.googleapis.com", title: "Vertex AI API" },
  google_workbench: { host: "notebooks.googleapis.com", title: "Notebooks API" },
  google_workflows: { host: "workflows.googleapis.com", title: "Workflows API" },
};

/** The API that owns a type of resource. */
export function apiOf(type: string): Api | undefined {
  return apis[prefixOf(type)];
}

/** What the provider's errors call a type: `Topic` for `google_pubsub_topic`. */
export function nounOf(type: string): string {
  const own = type.slice(prefixOf(type).length).replace(/^_(?:v\d_)?/, "") || type.slice(type.lastIndexOf("_") + 1);
  return own
    .split("_")
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join("");
}

function prefixOf(type: string): string {
  const words = type.split("_");
  const prefixes = words.map((_, index) => words.slice(0, words.length - index).join("_"));
  return prefixes.find((prefix) => prefix in apis) ?? "google";
}
