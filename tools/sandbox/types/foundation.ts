import { isList, isObject, text, type Value, type ValueObject } from "../values/value";
import { grant, type Kinds } from "./kind";
import { lastSegment } from "./template";

const everything = (values: ValueObject) => values;

/** Source: https://cloud.google.com/iam/docs/manage-workload-identity-pools-providers#delete-pool */
const deletedPool = { mark: { state: "DELETED" }, days: 30 };

export const projectKinds: Kinds = {
  google_project_service: {
    id: "{project}/{service}",
    idempotent: true,
    remains: (values) => (values["disable_on_destroy"] === false ? values : undefined),
  },
  google_project_service_identity: {
    id: "projects/{project}/services/{service}",
    idempotent: true,
    outputs: ({ args, projectNumber }) => {
      const email = serviceAgent(text(args, "service") ?? "", projectNumber);
      return { email, member: `serviceAccount:${email}` };
    },
    remains: everything,
  },
  google_project_iam_member: grant("{project}"),
  google_project_iam_custom_role: {
    id: "projects/{project}/roles/{role_id}",
    outputs: ({ id }) => ({ name: id, deleted: false }),
    // Source: https://cloud.google.com/iam/docs/creating-custom-roles#deleting-custom-role
    softDeletion: { mark: { deleted: true }, days: 37, restoredWithinDays: 7 },
  },
  google_iam_workload_identity_pool: {
    id: "projects/{project}/locations/global/workloadIdentityPools/{workload_identity_pool_id}",
    outputs: ({ args, projectNumber }) => ({
      name: `projects/${projectNumber}/locations/global/workloadIdentityPools/${text(args, "workload_identity_pool_id") ?? ""}`,
      state: "ACTIVE",
    }),
    softDeletion: deletedPool,
  },
  google_iam_workload_identity_pool_provider: {
    id: "projects/{project}/locations/global/workloadIdentityPools/{workload_identity_pool_id:last}/providers/{workload_identity_pool_provider_id}",
    outputs: ({ args, projectNumber }) => ({
      name:
        `projects/${projectNumber}/locations/global/workloadIdentityPools/${lastSegment(text(args, "workload_identity_pool_id") ?? "")}` +
        `/providers/${text(args, "workload_identity_pool_provider_id") ?? ""}`,
      state: "ACTIVE",
    }),
    softDeletion: deletedPool,
  },
  google_project_iam_audit_config: { id: "{project}/audit_config/{service}", idempotent: true },
  google_service_account: {
    id: "projects/{project}/serviceAccounts/{account_id}@{project}.iam.gserviceaccount.com",
    serial: "digits",
    planned: (args, context) => {
      const accountId = text(args, "account_id");
      const project = text(args, "project") ?? context.project;
      const email = accountId && project && `${accountId}@${project}.iam.gserviceaccount.com`;
      return email ? { email, member: `serviceAccount:${email}` } : {};
    },
    outputs: ({ id, serial, args, project }) => {
      const email = `${text(args, "account_id") ?? ""}@${project}.iam.gserviceaccount.com`;
      return { name: id, unique_id: serial, email, member: `serviceAccount:${email}` };
    },
  },
  google_service_account_iam_member: grant("{service_account_id}"),
  google_billing_budget: {
    id: "billingAccounts/{billing_account}/budgets/{serial}",
    serial: "uuid",
    outputs: ({ id }) => ({ name: id }),
  },
  google_cloud_quotas_quota_preference: {
    id: "{parent}/locations/global/quotaPreferences/{name}",
    outputs: ({ args, now }) => ({
      "quota_config.granted_value": quotaAsked(args["quota_config"]),
      "quota_config.request_origin": "ORIGIN_UNSPECIFIED",
      create_time: now,
      reconciling: false,
    }),
    remains: everything,
  },
};

export const kmsKinds: Kinds = {
  google_kms_key_ring: { id: "projects/{project}/locations/{location}/keyRings/{name}", remains: everything },
  google_kms_crypto_key: {
    id: "{key_ring}/cryptoKeys/{name}",
    outputs: ({ id }) => ({
      primary: [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }],
      version_template: [{ algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protection_level: "SOFTWARE" }],
    }),
    remains: (values) => ({ ...values, rotation_period: null, primary: destroyed(values["primary"]) }),
  },
  google_kms_crypto_key_iam_member: grant("{crypto_key_id}"),
  google_secret_manager_secret: {
    id: "projects/{project}/secrets/{secret_id}",
    outputs: ({ args, projectNumber }) => ({
      name: `projects/${projectNumber}/secrets/${text(args, "secret_id") ?? ""}`,
    }),
  },
};

/**
 * Where the service agent of an API lives, for APIs whose agent has another name than its host. Not taken from the blueprint's
 * catalogue, so that a mistake there shows here. Source: https://cloud.google.com/iam/docs/service-agents
 */
const agentDomains: Readonly<Record<string, string>> = {
  "compute.googleapis.com": "compute-system",
  "dataflow.googleapis.com": "dataflow-service-producer-prod",
  "dlp.googleapis.com": "dlp-api",
  "run.googleapis.com": "serverless-robot-prod",
  "storage.googleapis.com": "gs-project-accounts",
};

/** E-mail of the account that Google runs an API with, on behalf of a project. */
export function serviceAgent(service: string, projectNumber: string): string {
  const domain = agentDomains[service] ?? `gcp-sa-${service.replace(/\.googleapis\.com$/, "")}`;
  return service.startsWith("bigquery.")
    ? `bq-${projectNumber}@bigquery-encryption.iam.gserviceaccount.com`
    : `service-${projectNumber}@${domain}.iam.gserviceaccount.com`;
}

/** Destroying a key destroys its versions; the key itself, and its name, stay. */
function destroyed(versions: Value | undefined): Value {
  return isList(versions)
    ? versions.filter(isObject).map((version) => ({ ...version, state: "DESTROY_SCHEDULED" }))
    : [];
}

function quotaAsked(config: Value | undefined): Value {
  const first = isList(config) ? config[0] : undefined;
  return isObject(first) ? (first["preferred_value"] ?? "0") : "0";
}
