import { serviceAgent } from "../types/foundation";
import { isList, isObject, text } from "../values/value";
import { lacks, projectPlace } from "./grants";
import { keysUsed } from "./keys";
import { failure, type Rule, type World } from "./rule";

/**
 * Service agents that encrypt on behalf of a type, by the first words of the type; each of them needs the key. Source: "Using
 * customer-managed encryption keys" in the documentation of each service.
 */
const agents: Readonly<Record<string, (projectNumber: string) => readonly string[]>> = {
  google_artifact_registry_repository: agent("artifactregistry.googleapis.com"),
  google_bigquery: agent("bigquery.googleapis.com"),
  google_cloud_run_v2: agent("run.googleapis.com"),
  google_dataflow: agent("dataflow.googleapis.com", "compute.googleapis.com"),
  google_logging_project_bucket_config: (number) => [`cmek-p${number}@gcp-sa-logging.iam.gserviceaccount.com`],
  google_pubsub: agent("pubsub.googleapis.com"),
  google_secret_manager: agent("secretmanager.googleapis.com"),
  google_storage: agent("storage.googleapis.com"),
  google_vertex_ai: agent("aiplatform.googleapis.com"),
  google_workflows: agent("workflows.googleapis.com"),
};

function agent(...services: string[]): (projectNumber: string) => readonly string[] {
  return (number) => services.map((service) => serviceAgent(service, number));
}

export const keyGranted: Rule = {
  id: "key-granted",
  why: "A customer-managed key must be enabled, and the service agents that encrypt with it must hold a grant beforehand.",
  source: "https://cloud.google.com/kms/docs/compatible-services",
  wording: "as received",
  check: (change, world) => {
    const prefix = Object.keys(agents).find((words) => change.type.startsWith(words));
    if (change.action === "delete" || prefix === undefined || change.type.endsWith("_iam_member")) {
      return undefined;
    }
    for (const { argument, key } of keysUsed(change.args)) {
      const disabled = disabledVersion(key, world);
      if (disabled) {
        return {
          error: failure(change, `400: ${disabled.name} is not enabled, current state is: ${disabled.state}.`),
          remedy: `'${argument}' names a key that was destroyed: use another key, or forget the project in the sandbox.`,
        };
      }
      for (const email of agents[prefix]!(world.numbers.of(change.project))) {
        const missing = mayNotUse(email, key, world);
        if (missing !== undefined) {
          return {
            error: failure(change, denied(change.type, email, key)),
            remedy: `'${argument}' is used by ${email}: ${missing}.`,
          };
        }
      }
    }
    return undefined;
  },
};

function mayNotUse(email: string, key: string, world: World): string | undefined {
  const places = [{ type: "google_kms_crypto_key", id: key }, projectPlace(key.split("/")[1]!)];
  return world.cloud.get("google_kms_crypto_key", key)
    ? lacks(email, "cloudkms.cryptoKeyVersions.useToEncrypt", places, world)
    : `the key '${key}' does not exist: apply the stack that makes it first`;
}

function disabledVersion(key: string, { cloud }: World): { name: string; state: string } | undefined {
  const primary = cloud.get("google_kms_crypto_key", key)?.values["primary"];
  const version = isList(primary) ? primary[0] : undefined;
  if (!isObject(version)) {
    return undefined;
  }
  const state = text(version, "state") ?? "ENABLED";
  return state === "ENABLED" ? undefined : { name: text(version, "name") ?? key, state };
}

function denied(type: string, email: string, key: string): string {
  if (type.startsWith("google_pubsub_")) {
    return (
      "400: Cloud Pub/Sub did not have the necessary permissions configured to support this operation. Please verify that the " +
      `service account ${email} was granted the Cloud KMS CryptoKey Encrypter/Decrypter role for the project containing the ` +
      `CryptoKey ${key}.`
    );
  }
  if (type.startsWith("google_storage_")) {
    return (
      "403: Permission denied on Cloud KMS key. Please ensure that your Cloud Storage service account has been authorized to " +
      "use this key., forbidden"
    );
  }
  return `403: Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource '${key}' (or it may not exist).`;
}
