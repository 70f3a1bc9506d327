import { watchRule } from "../watch-rule";
import { shrinks } from "../worse";

export const recoveryIsShorter = watchRule({
  id: "guard/recovery-shorter",
  title: "What is deleted can be brought back for a shorter time",
  severity: "high",
  why: "Soft delete, time travel and the delay before a key is destroyed are what a mistake is undone with.",
  check: "How long does it take until somebody notices a deletion there?",
  watched: {
    google_bigquery_dataset: { max_time_travel_hours: shrinks },
    google_kms_crypto_key: { destroy_scheduled_duration: shrinks },
    google_secret_manager_secret: { version_destroy_ttl: shrinks },
    google_spanner_database: { version_retention_period: shrinks },
    google_sql_database_instance: { "settings.backup_configuration.transaction_log_retention_days": shrinks },
    google_storage_bucket: { "soft_delete_policy.retention_duration_seconds": shrinks },
  },
});
