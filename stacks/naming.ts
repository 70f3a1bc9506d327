import { createHash } from "node:crypto";

/**
 * Names of Google Cloud resources: the same input gives the same name, so that stacks find each other's resources without
 * looking into each other's state.
 */

/** Name within a project: what a team runs is called `{team}-{what}`. */
export function resourceName(...parts: readonly string[]): string {
  return parts.join("-");
}

/** Name of a bucket: unique in all of Google Cloud because it starts with the project id, which is. */
export function bucketName(project: string, ...parts: readonly string[]): string {
  return resourceName(project, ...parts);
}

/** Id of a BigQuery dataset or table: hyphens are not allowed there. */
export function bigqueryId(...parts: readonly string[]): string {
  return parts.join("_").replace(/-/g, "_");
}

/**
 * Id of nine digits, the first not 0: what the Vertex AI API takes for an endpoint where an id starts with a digit
 * (`endpoint_id` in google/cloud/aiplatform/v1/endpoint_service.proto).
 */
export function numericId(...parts: readonly string[]): string {
  const digest = createHash("sha256").update(parts.join("/")).digest();
  return `${100_000_000 + (digest.readUInt32BE(0) % 900_000_000)}`;
}
