import { findLive } from "../types/soft-deletion";
import { lastSegment } from "../types/template";
import { actAsDenied } from "./account-usable";
import { type Reference, referencesOf } from "./references";
import { type Change, failure, type Rule } from "./rule";

export const parentExists: Rule = {
  id: "parent-exists",
  why: "What a resource names must exist when it is written.",
  source: "https://cloud.google.com/apis/design/errors#handling_errors",
  wording: "in part our own",
  check: (change, { cloud, numbers }) => {
    if (change.action === "delete") {
      return undefined;
    }
    for (const named of referencesOf(change.type, change.args, change.project)) {
      const reference = {
        ...named,
        id: named.id.replace(/^projects\/(\d+)\//, (_, number: string) => `projects/${numbers.idOf(number)}/`),
      };
      const owner = /^projects\/([^/]+)\//.exec(reference.id)?.[1];
      const foreign = owner !== undefined && owner !== change.project;
      if (!foreign && !existsByItself(reference) && !findLive(cloud, reference.type, reference.id)) {
        return {
          error: failure(change, notFound(change, reference)),
          remedy:
            `'${reference.argument}' names a ${reference.type} that does not exist: '${reference.id}'. Apply the stack that makes ` +
            "it first, or make this resource depend on it.",
        };
      }
    }
    return undefined;
  },
};

/** New projects come with a network of this name. */
function existsByItself({ type, id }: Reference): boolean {
  return type === "google_compute_network" && lastSegment(id) === "default";
}

function notFound(change: Change, { type, id }: Reference): string {
  const name = lastSegment(id);
  if (type.startsWith("google_compute_")) {
    return `404: The resource '${id}' was not found, notFound`;
  }
  switch (type) {
    case "google_pubsub_topic":
    case "google_pubsub_subscription":
    case "google_pubsub_schema":
      return `404: Resource not found (resource=${name}).`;
    case "google_bigquery_dataset":
    case "google_bigquery_table": {
      const [, project, dataset, , table] = id.replace("/datasets/", "/").split("/");
      const kind = table === undefined ? "Dataset" : "Table";
      return `404: Not found: ${kind} ${project!}:${dataset!}${table === undefined ? "" : `.${table}`}, notFound`;
    }
    case "google_storage_bucket":
      return "404: The specified bucket does not exist., notFound";
    case "google_service_account":
      return change.type === "google_service_account_iam_member"
        ? `404: Service account ${name} does not exist., notFound`
        : actAsDenied(change.type, name);
    case "google_kms_key_ring":
      return `404: KeyRing ${id} not found.`;
    case "google_kms_crypto_key":
      return `404: CryptoKey ${id} not found.`;
    case "google_dns_managed_zone":
      return `404: The 'parameters.managedZone' resource named '${name}' does not exist., notFound`;
    case "google_monitoring_notification_channel":
      return `404: Cannot find notification channel with name "${id}".`;
    case "google_project_iam_custom_role":
      return `400: The role named ${name} was not found., badRequest`;
    default:
      return `404: Resource '${id}' was not found`;
  }
}
