import { watchRule } from "../watch-rule";
import { becomes, gains, leaves, turnsOff } from "../worse";

export const bucketIsOpen = watchRule({
  id: "exposure/bucket",
  title: "A bucket can be shared with everybody",
  severity: "high",
  why: "Public access prevention is what stops a wrong grant; without uniform access every object can be shared by itself, and no IAM policy shows it.",
  check: "Who is meant to read it without an account? Would signed URLs do?",
  watched: {
    google_storage_bucket: {
      "cors.origin": gains,
      "ip_filter.mode": leaves("Enabled"),
      public_access_prevention: leaves("enforced"),
      uniform_bucket_level_access: turnsOff,
    },
    google_storage_bucket_acl: { predefined_acl: becomes("publicRead", "publicReadWrite", "authenticatedRead") },
  },
  severityOf: (worse) => (worse.every(({ name }) => name === "cors.origin") ? "low" : "high"),
});
