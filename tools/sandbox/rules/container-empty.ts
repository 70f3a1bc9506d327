import { text } from "../values/value";
import { failure, type Rule, type World } from "./rule";

export const containerEmpty: Rule = {
  id: "container-empty",
  why: "Buckets with objects and datasets with tables are deleted only by who says so beforehand.",
  source:
    "https://cloud.google.com/storage/docs/deleting-buckets, https://cloud.google.com/bigquery/docs/managing-datasets#delete-datasets",
  wording: "as received",
  check: (change, world) => {
    const { action, type, id, project, args } = change;
    if (
      action === "delete" &&
      type === "google_storage_bucket" &&
      args["force_destroy"] !== true &&
      hasObjects(id, world)
    ) {
      return {
        error: `Error trying to delete bucket ${id} containing objects without \`force_destroy\` set to true`,
        remedy: "Delete the objects first, or set force_destroy to true and apply before deleting.",
      };
    }
    const mayLoseTables = args["delete_contents_on_destroy"] === true;
    if (action === "delete" && type === "google_bigquery_dataset" && !mayLoseTables && hasTables(id, world)) {
      return {
        error: failure(
          change,
          `400: Dataset ${project}:${text(args, "dataset_id") ?? ""} is still in use, resourceInUse`,
        ),
        remedy: "Delete its tables first, or set delete_contents_on_destroy to true and apply before deleting.",
      };
    }
    return undefined;
  },
};

function hasObjects(bucket: string, { cloud }: World): boolean {
  return cloud.list("google_storage_bucket_object").some(({ values }) => values["bucket"] === bucket);
}

function hasTables(dataset: string, { cloud }: World): boolean {
  return cloud.list("google_bigquery_table").some(({ id }) => id.startsWith(`${dataset}/tables/`));
}
