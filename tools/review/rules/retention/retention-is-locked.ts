import { watchRule } from "../watch-rule";
import { turnsOn } from "../worse";

export const retentionIsLocked = watchRule({
  id: "retention/locked",
  title: "A retention is locked",
  severity: "high",
  why: "A locked retention can never be shortened or removed, by nobody; the bucket cannot be deleted until all that is in it is old enough (Cloud Storage documentation, 'Bucket Lock').",
  check: "Is the time right, and is it right for good?",
  watched: {
    google_logging_project_bucket_config: { locked: turnsOn },
    google_storage_bucket: { "retention_policy.is_locked": turnsOn },
  },
});
