import { text } from "../values/value";
import { keysUsed } from "./keys";
import { failure, type Rule } from "./rule";

/** Where the key of a multi-region must be. Source: https://cloud.google.com/storage/docs/encryption/customer-managed-keys */
const multiRegions: Readonly<Record<string, string>> = { eu: "europe", us: "us", asia: "asia" };

/** Types whose resources have a place, by their first words. Pub/Sub and secrets are global and take keys of any region. */
const placed = [
  "google_artifact_registry_repository",
  "google_bigquery_dataset",
  "google_cloud_run_v2",
  "google_dataflow",
  "google_logging_project_bucket_config",
  "google_storage_bucket",
  "google_vertex_ai",
  "google_workflows",
];

export const keyLocation: Rule = {
  id: "key-location",
  why: "A key must be where the data is that it encrypts.",
  source: "https://cloud.google.com/kms/docs/cmek#cmek_integrations",
  wording: "our own",
  check: (change) => {
    const { action, type, args } = change;
    const place = (text(args, "location") ?? text(args, "region"))?.toLowerCase();
    if (action === "delete" || place === undefined || !placed.some((words) => type.startsWith(words))) {
      return undefined;
    }
    const wanted = multiRegions[place] ?? place;
    const misplaced = keysUsed(args).find(({ location }) => location !== wanted);
    return (
      misplaced && {
        error: failure(
          change,
          `400: The location of Cloud KMS key '${misplaced.key}' (${misplaced.location}) does not match the location of the resource (${place}).`,
        ),
        remedy: `Set '${misplaced.argument}' to a key of a key ring in '${wanted}'.`,
      }
    );
  },
};
