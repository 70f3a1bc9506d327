import { isUnknown, show, isTrue } from "../arguments";
import type { Policy } from "../policy";

export const bucketIsPrivate: Policy = {
  id: "storage/bucket-is-private",
  kind: "security",
  types: ["google_storage_bucket"],
  why: "Without both settings an object can be shared with everybody, one access list at a time.",
  controls: ["CIS GCP 5.1", "CIS GCP 5.2", "NIST 800-53 AC-3"],
  check: ({ public_access_prevention: prevention, uniform_bucket_level_access: uniform }) => {
    if (prevention !== "enforced" && !isUnknown(prevention)) {
      return `'public_access_prevention' must be "enforced", got ${show(prevention)}`;
    }
    return isTrue(uniform) || isUnknown(uniform)
      ? undefined
      : `'uniform_bucket_level_access' must be true, got ${show(uniform)}`;
  },
};
