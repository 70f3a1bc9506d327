import { kindOf } from "../types/kind-of";
import { isDeleted } from "../types/soft-deletion";
import { lastSegment } from "../types/template";
import { text } from "../values/value";
import { type Change, failure, type Rule } from "./rule";

export const nameFree: Rule = {
  id: "name-free",
  why: "A name can be used once; key rings, keys and quota preferences keep theirs for ever.",
  source:
    "https://cloud.google.com/kms/docs/resource-hierarchy#key_rings, https://cloud.google.com/docs/quotas/api-overview",
  wording: "in part our own",
  check: (change, { cloud }) => {
    const kind = kindOf(change.type);
    if (change.action !== "create" || kind.idempotent || change.args["create_ignore_already_exists"] === true) {
      return undefined;
    }
    const existing = cloud.get(change.type, change.id);
    if (!existing || isDeleted(existing)) {
      return undefined;
    }
    const kept = kind.remains?.(existing.values) !== undefined;
    return {
      error: failure(change, alreadyExists(change, text(existing.values, "project"))),
      remedy: kept
        ? `Google never deletes a ${change.type}: import '${change.id}', take another name, or forget the project in the sandbox.`
        : `Import '${change.id}' if it is yours, or take another name.`,
    };
  },
};

function alreadyExists({ type, id, project, args }: Change, owner: string | undefined): string {
  if (type.startsWith("google_compute_")) {
    return `409: The resource '${id}' already exists, alreadyExists`;
  }
  if (type.startsWith("google_pubsub_")) {
    return `409: Resource already exists in the project (resource=${lastSegment(id)}).`;
  }
  switch (type) {
    case "google_storage_bucket":
      return owner === project
        ? "409: Your previous request to create the named bucket succeeded and you already own it., conflict"
        : "409: The requested bucket name is not available. The bucket namespace is shared by all users of the system. " +
            "Please select a different name and try again., conflict";
    case "google_bigquery_dataset":
      return `409: Already Exists: Dataset ${project}:${text(args, "dataset_id") ?? ""}, duplicate`;
    case "google_bigquery_table":
      return `409: Already Exists: Table ${project}:${text(args, "dataset_id") ?? ""}.${text(args, "table_id") ?? ""}, duplicate`;
    case "google_kms_key_ring":
      return `409: KeyRing ${id} already exists.`;
    case "google_kms_crypto_key":
      return `409: CryptoKey ${id} already exists.`;
    case "google_service_account":
      return `409: Service account ${text(args, "account_id") ?? ""} already exists within project projects/${project}., alreadyExists`;
    default:
      return `409: Resource '${id}' already exists`;
  }
}
