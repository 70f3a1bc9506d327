import { watchRule } from "../watch-rule";
import { isRemoved, turnsOff } from "../worse";

export const versionsOff = watchRule({
  id: "guard/versions-off",
  title: "Old versions are no longer kept",
  severity: "high",
  why: "Without versions what is overwritten or deleted is gone. For a bucket of Terraform's state that is the only way back.",
  check: "Who overwrites objects there, and is there another copy?",
  watched: {
    google_storage_bucket: { "versioning.enabled": turnsOff, enable_object_retention: turnsOff },
    google_secret_manager_secret: { version_destroy_ttl: isRemoved },
  },
});
