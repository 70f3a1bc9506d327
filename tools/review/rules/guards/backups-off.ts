import { watchRule } from "../watch-rule";
import { becomes, isRemoved, leaves, shrinks, turnsOff } from "../worse";

export const backupsOff = watchRule({
  id: "guard/backups-off",
  title: "Backups are switched off, or fewer are kept",
  severity: "high",
  why: "Nobody misses a backup until it is needed.",
  check: "What brings the data back without it?",
  watched: {
    google_alloydb_cluster: {
      "automated_backup_policy.enabled": turnsOff,
      "automated_backup_policy.quantity_based_retention.count": shrinks,
      "automated_backup_policy.time_based_retention.retention_period": shrinks,
      "continuous_backup_config.enabled": turnsOff,
      "continuous_backup_config.recovery_window_days": shrinks,
    },
    google_bigtable_table: { "automated_backup_policy.retention_period": isRemoved },
    google_firestore_backup_schedule: { retention: shrinks },
    google_firestore_database: { point_in_time_recovery_enablement: leaves("POINT_IN_TIME_RECOVERY_ENABLED") },
    google_memorystore_instance: { "persistence_config.mode": becomes("DISABLED") },
    google_redis_instance: { "persistence_config.persistence_mode": becomes("DISABLED") },
    google_spanner_backup_schedule: { retention_duration: shrinks },
    google_spanner_instance: { default_backup_schedule_type: becomes("NONE") },
    google_sql_database_instance: {
      "settings.backup_configuration.backup_retention_settings.retained_backups": shrinks,
      "settings.backup_configuration.enabled": turnsOff,
      "settings.backup_configuration.point_in_time_recovery_enabled": turnsOff,
    },
  },
});
