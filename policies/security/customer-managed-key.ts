import { type Arguments, isNothing, valuesAt } from "../arguments";
import { isDataless } from "../dataless";
import type { Policy } from "../policy";

/** Where each type takes its key; any of them, where there are several. */
const keyArguments: Readonly<Record<string, readonly string[]>> = {
  google_artifact_registry_repository: ["kms_key_name"],
  google_bigquery_connection: ["kms_key_name"],
  google_bigquery_data_transfer_config: ["encryption_configuration.kms_key_name"],
  google_bigquery_dataset: ["default_encryption_configuration.kms_key_name"],
  google_bigquery_table: ["encryption_configuration.kms_key_name"],
  google_bigtable_instance: ["cluster.kms_key_name"],
  google_cloud_run_v2_job: ["template.template.encryption_key"],
  google_cloud_run_v2_service: ["template.encryption_key"],
  google_cloud_run_v2_worker_pool: ["template.encryption_key"],
  google_cloudfunctions2_function: ["kms_key_name"],
  google_colab_runtime_template: ["encryption_spec.kms_key_name"],
  google_composer_environment: ["config.encryption_config.kms_key_name"],
  google_data_fusion_instance: ["crypto_key_config.key_reference"],
  google_data_pipeline_pipeline: [
    "workload.dataflow_flex_template_request.launch_parameter.environment.kms_key_name",
    "workload.dataflow_launch_template_request.launch_parameters.environment.kms_key_name",
  ],
  google_dataflow_flex_template_job: ["kms_key_name"],
  google_dataflow_job: ["kms_key_name"],
  google_dataproc_batch: ["environment_config.execution_config.kms_key"],
  google_dataproc_cluster: ["cluster_config.encryption_config.kms_key_name"],
  google_dataproc_metastore_service: ["encryption_config.kms_key"],
  google_dataproc_workflow_template: ["placement.managed_cluster.config.encryption_config.gce_pd_kms_key_name"],
  google_datastream_stream: ["customer_managed_encryption_key"],
  google_eventarc_channel: ["crypto_key_name"],
  google_filestore_instance: ["kms_key_name"],
  google_firestore_database: ["cmek_config.kms_key_name"],
  google_logging_project_bucket_config: ["cmek_settings.kms_key_name"],
  google_managed_kafka_cluster: ["gcp_config.kms_key"],
  google_memorystore_instance: ["kms_key"],
  google_notebooks_instance: ["kms_key"],
  google_pubsub_topic: ["kms_key_name"],
  google_redis_cluster: ["kms_key"],
  google_secret_manager_regional_secret: ["customer_managed_encryption.kms_key_name"],
  google_secret_manager_secret: [
    "replication.user_managed.replicas.customer_managed_encryption.kms_key_name",
    "replication.auto.customer_managed_encryption.kms_key_name",
  ],
  google_spanner_database: ["encryption_config.kms_key_name", "encryption_config.kms_key_names"],
  google_sql_database_instance: ["encryption_key_name"],
  google_storage_bucket: ["encryption.default_kms_key_name"],
  google_vertex_ai_dataset: ["encryption_spec.kms_key_name"],
  google_vertex_ai_endpoint: ["encryption_spec.kms_key_name"],
  google_vertex_ai_featurestore: ["encryption_spec.kms_key_name"],
  google_vertex_ai_metadata_store: ["encryption_spec.kms_key_name"],
  google_vertex_ai_tensorboard: ["encryption_spec.kms_key_name"],
  google_workbench_instance: ["gce_setup.boot_disk.kms_key"],
  google_workflows_workflow: ["crypto_key_name"],
};

/** Further disks, each of which needs a key where it is there. */
const diskArguments: Readonly<Record<string, string>> = {
  google_workbench_instance: "gce_setup.data_disks.kms_key",
};

export const customerManagedKey: Policy = {
  id: "kms/customer-managed-key",
  kind: "security",
  types: Object.keys(keyArguments),
  why: "Only a key of its own lets the project see who decrypts, rotate, and cut off access.",
  controls: ["CIS GCP 7.2", "CIS GCP 7.3", "CIS GCP 8.1", "NIST 800-53 SC-12", "NIST 800-53 SC-28"],
  check: (args, type) => {
    if (isDataless(args)) {
      return undefined;
    }
    const paths = keyArguments[type]!;
    const disk = diskArguments[type];
    return [
      ...(paths.some((path) => isKeyed(args, path)) ? [] : [message(paths)]),
      ...(disk === undefined || !valuesAt(args, disk).some(isNothing) ? [] : [message([disk])]),
    ];
  },
};

function isKeyed(args: Arguments, path: string): boolean {
  const keys = valuesAt(args, path);
  return keys.length > 0 && !keys.some(isNothing);
}

function message(paths: readonly string[]): string {
  return `${paths.map((path) => `'${path}'`).join(" or ")} must name a key of the platform, got nothing`;
}
