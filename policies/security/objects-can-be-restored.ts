import { isTrue, isUnknown, numberOf, show, valueAt, valuesAt } from "../arguments";
import type { Policy } from "../policy";

const week = 604_800;

export const objectsCanBeRestored: Policy = {
  id: "storage/objects-can-be-restored",
  kind: "security",
  types: ["google_storage_bucket"],
  why: "What is overwritten or deleted by mistake, such as Terraform's state, comes back only where an older version was kept.",
  controls: ["NIST 800-53 CP-9", "NIST 800-53 SI-12"],
  check: (args) => {
    const versioning = valueAt(args, "versioning.enabled");
    const restorable = valuesAt(args, "soft_delete_policy.retention_duration_seconds")
      .map(numberOf)
      .find((seconds) => seconds !== undefined && seconds < week);
    return [
      ...(isTrue(versioning) || isUnknown(versioning)
        ? []
        : [`'versioning.enabled' must be true, got ${show(versioning)}`]),
      ...(restorable === undefined
        ? []
        : [`'soft_delete_policy.retention_duration_seconds' must be at least ${week}, a week, got ${restorable}`]),
    ];
  },
};
