import { must, valuePolicy } from "../checks";
import { type Expected, matches } from "../expected";

const lowerCase = (max: number, min = 1): Expected =>
  matches(
    new RegExp(`^[a-z](?=.{${min - 1},${max - 1}}$)(?:[-a-z0-9]*[a-z0-9])?$`),
    `${min} to ${max} lower-case letters, digits and hyphens that begin with a letter and do not end with a hyphen`,
  );
const wordLike = (max: number): Expected =>
  matches(new RegExp(`^[A-Za-z0-9_-]{1,${max}}$`), `1 to ${max} letters, digits, hyphens and underscores`);
const pubsub = matches(
  /^(?!goog)[A-Za-z][\w.~+%-]{2,254}$/,
  "3 to 255 letters, digits and any of -_.~+%, begin with a letter, and not with goog",
);
const bucket = matches(
  /^(?!goog|\d+\.\d+\.\d+\.\d+$)(?!.*(?:google|g00gle|\.\.))[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
  "3 to 63 lower-case letters, digits and any of -_., begin and end with a letter or digit, and not hold google",
);
const featureStore = matches(
  /^[a-z_][a-z0-9_]{0,59}$/,
  "1 to 60 lower-case letters, digits and underscores, not a digit first",
);
const endpoint = matches(
  /^(?:[1-9]\d{0,8}|[a-z][a-z0-9-]{0,62})$/,
  "a number of at most 9 digits, or up to 63 lower-case letters, digits and hyphens that begin with a letter",
);

/** What the API lets each type be called. */
const forms: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
  google_artifact_registry_repository: { repository_id: lowerCase(63) },
  google_cloud_quotas_quota_preference: { name: lowerCase(63) },
  google_cloud_run_v2_job: { name: lowerCase(63) },
  google_cloud_run_v2_service: { name: lowerCase(49) },
  google_cloud_scheduler_job: { name: wordLike(500) },
  google_clouddeploy_automation: { name: lowerCase(63) },
  google_clouddeploy_custom_target_type: { name: lowerCase(63) },
  google_clouddeploy_delivery_pipeline: { name: lowerCase(63) },
  google_clouddeploy_target: { name: lowerCase(63) },
  google_data_fusion_instance: { name: lowerCase(30) },
  google_dataflow_flex_template_job: { name: lowerCase(1024) },
  google_dataflow_job: { name: lowerCase(1024) },
  google_eventarc_trigger: { name: lowerCase(63) },
  google_kms_crypto_key: { name: wordLike(63) },
  google_kms_key_ring: { name: wordLike(63) },
  google_logging_project_bucket_config: {
    bucket_id: matches(/^[\w.-]{1,100}$/, "1 to 100 letters, digits and any of -_."),
  },
  google_logging_project_sink: { name: matches(/^[\w.-]{1,100}$/, "1 to 100 letters, digits and any of -_.") },
  google_managed_kafka_cluster: { cluster_id: lowerCase(63) },
  google_managed_kafka_topic: { topic_id: matches(/^[\w.-]{1,249}$/, "1 to 249 letters, digits and any of -_.") },
  google_pubsub_schema: { name: pubsub },
  google_pubsub_subscription: { name: pubsub },
  google_pubsub_topic: { name: pubsub },
  google_secret_manager_secret: { secret_id: wordLike(255) },
  google_storage_bucket: { name: bucket },
  google_vertex_ai_deployment_resource_pool: { name: lowerCase(128) },
  google_vertex_ai_endpoint: { name: endpoint },
  google_vertex_ai_feature_group: { name: featureStore },
  google_vertex_ai_feature_group_feature: { name: featureStore },
  google_vertex_ai_feature_online_store: { name: featureStore },
  google_vertex_ai_feature_online_store_featureview: { name: featureStore },
  google_workbench_instance: { name: lowerCase(63) },
  google_workflows_workflow: {
    name: matches(/^[A-Za-z][\w-]{0,63}$/, "1 to 64 letters, digits, hyphens and underscores, and begin with a letter"),
  },
};

export const names = valuePolicy({
  id: "names/form",
  why: "The provider plans nearly any name; the API refuses what does not have the form of its type (REST reference of each type, id of the create call).",
  checks: Object.fromEntries(Object.entries(forms).map(([type, form]) => [type, [must(form)]])),
});
