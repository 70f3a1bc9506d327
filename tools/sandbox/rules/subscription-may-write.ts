import { serviceAgent } from "../types/foundation";
import { isList, isObject, text, type ValueObject } from "../values/value";
import { lacks, type Permission, type Place, projectPlace } from "./grants";
import { referencesOf } from "./references";
import { failure, keeps, type Rule } from "./rule";

/** Where a subscription writes to, by the block that says so, and what its identity must be allowed there. */
const sinks: Readonly<Record<string, { readonly argument: string; readonly permissions: readonly Permission[] }>> = {
  bigquery_config: { argument: "table", permissions: ["bigquery.tables.updateData", "bigquery.tables.get"] },
  cloud_storage_config: { argument: "bucket", permissions: ["storage.objects.create", "storage.buckets.get"] },
};

export const subscriptionMayWrite: Rule = {
  id: "subscription-may-write",
  why:
    "A subscription that writes to BigQuery or Cloud Storage is refused until its identity, Pub/Sub's service agent unless it names " +
    "another, may write there and look at the table or bucket.",
  source:
    "https://cloud.google.com/pubsub/docs/create-bigquery-subscription#assign_bigquery_service_account, " +
    "https://github.com/hashicorp/terraform-provider-google/issues/17397",
  wording: "as received",
  check: (change, world) => {
    if (change.action === "delete" || change.type !== "google_pubsub_subscription") {
      return undefined;
    }
    for (const [block, { argument, permissions }] of Object.entries(sinks)) {
      const config = first(change.args, block);
      const target = referencesOf(change.type, change.args, change.project).find((each) =>
        each.argument.startsWith(`${block}.`),
      );
      // What another project holds is taken to be granted.
      if (!config || !target || keeps(change, block, world) || !world.cloud.get(target.type, target.id)) {
        continue;
      }
      const writer =
        text(config, "service_account_email") ??
        serviceAgent("pubsub.googleapis.com", world.numbers.of(change.project));
      const places = placesOf(
        target,
        text(world.cloud.get(target.type, target.id)!.values, "project") ?? change.project,
      );
      const missing = permissions.map((permission) => lacks(writer, permission, places, world)).find(Boolean);
      if (missing !== undefined) {
        return {
          error: failure(change, "403: The caller does not have permission"),
          remedy: `'${block}.0.${argument}' is written to by ${writer}: ${missing.remedy}.`,
          ...(missing.passes && { passes: true }),
        };
      }
    }
    return undefined;
  },
};

function first(args: ValueObject, block: string): ValueObject | undefined {
  const blocks = args[block];
  const [item] = isList(blocks) ? blocks : [];
  return isObject(item) ? item : undefined;
}

function placesOf({ type, id }: Place, project: string): Place[] {
  return type === "google_storage_bucket"
    ? [{ type, id: `b/${id}` }, projectPlace(project)]
    : [
        { type, id },
        { type: "google_bigquery_dataset", id: id.replace(/\/tables\/.*$/, "") },
        projectPlace(/^projects\/([^/]+)/.exec(id)?.[1] ?? project),
      ];
}
