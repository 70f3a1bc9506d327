import { kindOf } from "../types/kind-of";
import { isDeleted } from "../types/soft-deletion";
import { lastSegment } from "../types/template";
import { type Change, failure, type Rule } from "./rule";

const millisecondsPerDay = 86_400_000;

export const softDeleted: Rule = {
  id: "soft-deleted",
  why:
    "Deleting a workload identity pool, its providers, a log bucket or a custom role only marks it: the name is taken for 30, 7 or " +
    "37 days. The provider brings a custom role back within the first 7 days.",
  source:
    "https://github.com/hashicorp/terraform-provider-google/issues/14805, " +
    "https://github.com/hashicorp/terraform-provider-google/pull/1681, https://cloud.google.com/logging/docs/buckets#delete-bucket",
  wording: "as received",
  check: (change, { cloud }) => {
    const existing = change.action === "create" ? cloud.get(change.type, change.id) : undefined;
    const deletion = kindOf(change.type).softDeletion;
    if (!existing || !deletion || !isDeleted(existing)) {
      return undefined;
    }
    const deletedAt = cloud.writtenAt(change.type, change.id)?.getTime() ?? Date.now();
    const days = (Date.now() - deletedAt) / millisecondsPerDay;
    if (days >= deletion.days || days < (deletion.restoredWithinDays ?? 0)) {
      return undefined;
    }
    const free = new Date(deletedAt + deletion.days * millisecondsPerDay).toISOString().slice(0, 10);
    return {
      error: refusal(change),
      remedy:
        `'${change.id}' was deleted, and Google keeps its name until ${free}: ` +
        (deletion.restoredWithinDays === undefined ? "undelete it and import it, or " : "") +
        "take another name.",
    };
  },
};

function refusal(change: Change): string {
  switch (change.type) {
    case "google_logging_project_bucket_config":
      return `Error updating Logging Bucket Config "${change.id}": googleapi: Error 400: Buckets must be in an ACTIVE state to be modified`;
    case "google_project_iam_custom_role":
      return (
        `Error creating the custom project role ${change.id}: googleapi: Error 400: You can't create a role_id ` +
        `(${lastSegment(change.id)}) which has been marked for deletion., failedPrecondition`
      );
    default:
      return failure(change, "409: Requested entity already exists");
  }
}
