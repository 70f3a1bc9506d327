import { isNothing } from "../../../../policies/arguments";
import { watchRule } from "../watch-rule";
import { endsSooner as sooner, shrinks, type Worse } from "../worse";

/** A time to live that was longer, or was none: nothing, or an empty text, is for ever. */
const expires: Worse = {
  from: () => true,
  to: (after, before) => !isNothing(after) && (isNothing(before) || shrinks.to(after, before)),
};

export const retentionIsShorter = watchRule({
  id: "retention/shorter",
  title: "Data is kept for a shorter time",
  severity: "high",
  why: "What is older than the new time is deleted at once, or within a day, and not when somebody looks.",
  check: "How old is the oldest data there, and does a law, an audit or a training run need it?",
  watched: {
    google_bigquery_dataset: { default_partition_expiration_ms: sooner, default_table_expiration_ms: sooner },
    google_bigquery_table: { expiration_time: sooner, "time_partitioning.expiration_ms": sooner },
    google_bigtable_table: { change_stream_retention: shrinks },
    google_logging_project_bucket_config: { retention_days: shrinks },
    google_logging_folder_bucket_config: { retention_days: shrinks },
    google_logging_organization_bucket_config: { retention_days: shrinks },
    google_pubsub_subscription: { message_retention_duration: shrinks, "expiration_policy.ttl": expires },
    google_pubsub_topic: { message_retention_duration: shrinks },
    google_secret_manager_secret: { expire_time: expires, ttl: expires },
    google_storage_bucket: { "retention_policy.retention_period": shrinks },
    google_vertex_ai_featurestore: { online_storage_ttl_days: sooner },
    google_vertex_ai_featurestore_entitytype: { offline_storage_ttl_days: sooner },
  },
});
