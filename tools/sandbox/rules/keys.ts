import { serviceAgent } from "../types/foundation";
import { texts } from "../values/texts";
import type { ValueObject } from "../values/value";
import type { Change, World } from "./rule";

const keyPattern =
  /^(projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+)(?:\/cryptoKeyVersions\/\d+)?$/;

/** A customer-managed key that an argument names. */
export interface KeyUse {
  /** Path of the argument, such as `encryption.0.default_kms_key_name`. */
  readonly argument: string;
  /** Id of the key, without a version. */
  readonly key: string;
  readonly location: string;
}

/** Keys that a resource is encrypted with. */
export function keysUsed(args: ValueObject): KeyUse[] {
  return texts(args).flatMap(([argument, value]) => {
    const match = keyPattern.exec(value);
    return match ? [{ argument, key: match[1]!, location: match[2]! }] : [];
  });
}

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

/** Service agents that encrypt for a change with the keys that it names; none where it encrypts nothing. */
export function encrypters({ action, type, project }: Change, { numbers }: World): readonly string[] {
  const prefix = Object.keys(agents).find((words) => type.startsWith(words));
  const encrypts = action !== "delete" && !type.endsWith("_iam_member");
  return prefix === undefined || !encrypts ? [] : agents[prefix]!(numbers.of(project));
}
