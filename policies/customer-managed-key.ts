import { type Policy, valueAt } from "./policy";

/** Where each type takes its key. */
const keyArguments: Readonly<Record<string, string>> = {
  google_artifact_registry_repository: "kms_key_name",
  google_bigquery_dataset: "default_encryption_configuration.kms_key_name",
  google_bigquery_table: "encryption_configuration.kms_key_name",
  google_cloud_run_v2_service: "template.encryption_key",
  google_dataflow_flex_template_job: "kms_key_name",
  google_logging_project_bucket_config: "cmek_settings.kms_key_name",
  google_pubsub_topic: "kms_key_name",
  google_storage_bucket: "encryption.default_kms_key_name",
  google_vertex_ai_endpoint: "encryption_spec.kms_key_name",
  google_vertex_ai_tensorboard: "encryption_spec.kms_key_name",
};

export const customerManagedKey: Policy = {
  id: "kms/customer-managed-key",
  types: Object.keys(keyArguments),
  why: "Only a key of its own lets the project see who decrypts, rotate, and cut off access (NIST 800-53 SC-12, SC-28).",
  check: (args, type) => {
    const path = keyArguments[type]!;
    return valueAt(args, path) ? undefined : `'${path}' must name a key of the platform, got nothing`;
  },
};
