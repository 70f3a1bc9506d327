import { kindOf } from "../types/kind-of";
import { resolveReference } from "../types/template";
import { isList, isObject, type Value, type ValueObject } from "../values/value";

/**
 * Arguments that name another resource, by type and argument path (`*` is any index), with the type that they name. Google looks
 * for these when it writes the resource.
 */
export const references: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  google_artifact_registry_repository_iam_member: { repository: "google_artifact_registry_repository" },
  google_bigquery_dataset_iam_member: { dataset_id: "google_bigquery_dataset" },
  google_bigquery_routine: { dataset_id: "google_bigquery_dataset" },
  google_bigquery_table: { dataset_id: "google_bigquery_dataset" },
  google_bigquery_table_iam_member: { table_id: "google_bigquery_table" },
  google_cloud_run_v2_service: {
    "template.*.service_account": "google_service_account",
    "template.*.vpc_access.*.network_interfaces.*.network": "google_compute_network",
    "template.*.vpc_access.*.network_interfaces.*.subnetwork": "google_compute_subnetwork",
  },
  google_cloud_run_v2_service_iam_member: { name: "google_cloud_run_v2_service" },
  google_cloud_scheduler_job: {
    "pubsub_target.*.topic_name": "google_pubsub_topic",
    "http_target.*.oauth_token.*.service_account_email": "google_service_account",
    "http_target.*.oidc_token.*.service_account_email": "google_service_account",
  },
  google_compute_firewall: { network: "google_compute_network" },
  google_compute_route: { network: "google_compute_network" },
  google_compute_router: { network: "google_compute_network" },
  google_compute_router_nat: { router: "google_compute_router", "subnetwork.*.name": "google_compute_subnetwork" },
  google_compute_subnetwork: { network: "google_compute_network" },
  google_dataflow_flex_template_job: {
    service_account_email: "google_service_account",
    network: "google_compute_network",
    subnetwork: "google_compute_subnetwork",
  },
  google_dns_managed_zone: { "private_visibility_config.*.networks.*.network_url": "google_compute_network" },
  google_dns_record_set: { managed_zone: "google_dns_managed_zone" },
  google_iam_workload_identity_pool_provider: { workload_identity_pool_id: "google_iam_workload_identity_pool" },
  google_kms_crypto_key: { key_ring: "google_kms_key_ring" },
  google_kms_crypto_key_iam_member: { crypto_key_id: "google_kms_crypto_key" },
  google_monitoring_alert_policy: { "notification_channels.*": "google_monitoring_notification_channel" },
  google_monitoring_slo: { service: "google_monitoring_custom_service" },
  google_pubsub_subscription: {
    topic: "google_pubsub_topic",
    "dead_letter_policy.*.dead_letter_topic": "google_pubsub_topic",
    "bigquery_config.*.table": "google_bigquery_table",
    "cloud_storage_config.*.bucket": "google_storage_bucket",
  },
  google_pubsub_subscription_iam_member: { subscription: "google_pubsub_subscription" },
  google_pubsub_topic: { "schema_settings.*.schema": "google_pubsub_schema" },
  google_pubsub_topic_iam_member: { topic: "google_pubsub_topic" },
  google_service_account_iam_member: { service_account_id: "google_service_account" },
  google_storage_bucket_iam_member: { bucket: "google_storage_bucket" },
  google_storage_bucket_object: { bucket: "google_storage_bucket" },
  google_storage_notification: { bucket: "google_storage_bucket", topic: "google_pubsub_topic" },
  google_vertex_ai_endpoint_iam_member: { endpoint: "google_vertex_ai_endpoint" },
  google_workflows_workflow: { service_account: "google_service_account" },
};

/** A resource that an argument names. */
export interface Reference {
  /** Path of the argument, such as `topic`. */
  readonly argument: string;
  readonly type: string;
  readonly id: string;
}

/** What the arguments of a resource name, of those that are written down above. Roles of a project's own count as well. */
export function referencesOf(type: string, args: ValueObject, project: string): Reference[] {
  const named = Object.entries(references[type] ?? {}).flatMap(([path, target]) =>
    stringsAt(args, path.split("."), "").map(({ argument, value }) => {
      const id = idOf(target, value, { ...args, project });
      return id === undefined ? undefined : { argument, type: target, id };
    }),
  );
  const role = args["role"];
  const custom = typeof role === "string" && /^projects\/[^/]+\/roles\//.test(role) ? role : undefined;
  return [
    ...named.filter((reference) => reference !== undefined),
    ...(custom === undefined ? [] : [{ argument: "role", type: "google_project_iam_custom_role", id: custom }]),
  ];
}

function idOf(type: string, value: string, around: ValueObject): string | undefined {
  switch (type) {
    case "google_service_account":
      return serviceAccountId(value);
    case "google_bigquery_table":
      return resolveReference(
        kindOf(type).id,
        value.replace(/^([\w-]+)[.:](\w+)\.([^/]+)$/, "projects/$1/datasets/$2/tables/$3"),
        around,
      );
    default:
      return resolveReference(kindOf(type).id, value, around);
  }
}

/**
 * Id of the service account that an e-mail, member or id means; `undefined` for accounts that Google makes, and for what is no
 * service account of a project.
 */
export function serviceAccountId(reference: string): string | undefined {
  const match = /(?:^|[/:])((?!service-\d)[a-z][a-z0-9-]*@([a-z][a-z0-9-]*)\.iam\.gserviceaccount\.com)$/.exec(
    reference,
  );
  return match ? `projects/${match[2]!}/serviceAccounts/${match[1]!}` : undefined;
}

function stringsAt(
  value: Value | undefined,
  [step, ...rest]: string[],
  argument: string,
): { argument: string; value: string }[] {
  if (step === undefined) {
    return typeof value === "string" && value !== "" ? [{ argument, value }] : [];
  }
  if (step === "*") {
    return isList(value) ? value.flatMap((item, index) => stringsAt(item, rest, `${argument}.${index}`)) : [];
  }
  return isObject(value) ? stringsAt(value[step], rest, argument === "" ? step : `${argument}.${step}`) : [];
}
