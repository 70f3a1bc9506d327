import { watchRule } from "../watch-rule";
import { leaves, turnsOff } from "../worse";

export const deletionProtectionOff = watchRule({
  id: "guard/deletion-protection-off",
  title: "The protection against deletion is taken off",
  severity: "high",
  why: "What is unprotected by one pull request can be destroyed by the next without anybody being stopped. Terraform's own 'prevent_destroy' is not in a plan: look for it in the code.",
  check: "What is to be destroyed afterwards? Is the protection put back, and by whom?",
  watched: {
    "*": {
      deletion_protection: turnsOff,
      deletion_protection_enabled: turnsOff,
      delete_protection: turnsOff,
      enable_drop_protection: turnsOff,
    },
    google_bigtable_table: { deletion_protection: leaves("PROTECTED") },
    google_firestore_database: { delete_protection_state: leaves("DELETE_PROTECTION_ENABLED") },
    google_sql_database_instance: { "settings.deletion_protection_enabled": turnsOff },
  },
});
