import { isMissing, isNothing, valuesAt } from "../arguments";
import type { Policy } from "../policy";

/** Where each type takes its key; any of them, where there are several. */
const keyArguments: Readonly<Record<string, readonly string[]>> = {
  google_artifact_registry_repository: ["kms_key_name"],
  google_bigquery_dataset: ["default_encryption_configuration.kms_key_name"],
  google_bigquery_table: ["encryption_configuration.kms_key_name"],
  google_bigtable_instance: ["cluster.kms_key_name"],
  google_cloud_run_v2_job: ["template.template.encryption_key"],
  google_cloud_run_v2_service: ["template.encryption_key"],
  google_colab_runtime_template: ["encryption_spec.kms_key_name"],
  google_data_fusion_instance: ["crypto_key_config.key_reference"],
  google_dataflow_flex_template_job: ["kms_key_name"],
  google_dataflow_job: ["kms_key_name"],
  google_dataproc_cluster: ["cluster_config.encryption_config.kms_key_name"],
  google_datastream_stream: ["customer_managed_encryption_key"],
  google_logging_project_bucket_config: ["cmek_settings.kms_key_name"],
  google_managed_kafka_cluster: ["gcp_config.kms_key"],
  google_pubsub_topic: ["kms_key_name"],
  google_secret_manager_secret: [
    "replication.user_managed.replicas.customer_managed_encryption.kms_key_name",
    "replication.auto.customer_managed_encryption.kms_key_name",
  ],
  google_spanner_database: ["encryption_config.kms_key_name", "encryption_config.kms_key_names"],
  google_sql_database_instance: ["encryption_key_name"],
  google_storage_bucket: ["encryption.default_kms_key_name"],
  google_vertex_ai_dataset: ["encryption_spec.kms_key_name"],
  google_vertex_ai_endpoint: ["encryption_spec.kms_key_name"],
  google_vertex_ai_metadata_store: ["encryption_spec.kms_key_name"],
  google_vertex_ai_tensorboard: ["encryption_spec.kms_key_name"],
  google_workbench_instance: ["gce_setup.boot_disk.kms_key"],
  google_workflows_workflow: ["crypto_key_name"],
};

/** What holds no data of its own. */
const dataless = ["view", "materialized_view", "external_data_configuration"];

export const customerManagedKey: Policy = {
  id: "kms/customer-managed-key",
  kind: "security",
  types: Object.keys(keyArguments),
  why: "Only a key of its own lets the project see who decrypts, rotate, and cut off access.",
  controls: ["CIS GCP 7.2", "CIS GCP 7.3", "CIS GCP 8.1", "NIST 800-53 SC-12", "NIST 800-53 SC-28"],
  check: (args, type) => {
    const paths = keyArguments[type]!;
    const keyed = paths.some((path) => valuesAt(args, path).length > 0 && !valuesAt(args, path).some(isNothing));
    return keyed || !dataless.every((path) => isMissing(args, path))
      ? undefined
      : `${paths.map((path) => `'${path}'`).join(" or ")} must name a key of the platform, got nothing`;
  },
};
