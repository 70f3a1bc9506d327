import { apart, anyOf, atMostOne, is, must, refuse, valuePolicy, where, within } from "../checks";
import { type Arguments, numberOf, parseJson, secondsOf, valueAt } from "../arguments";
import { between, day, each, matches, seconds, required } from "../expected";
import { isAvroRecord } from "../avro";

const regions = "message_storage_policy.allowed_persistence_regions";
const formats = ["text_format", "avro_format", "pubsub_avro_format"];

/** Kinds of subscription that are not pulled. */
const pushed = ["push_config", "bigquery_config", "cloud_storage_config"];

export const pubsub = valuePolicy({
  id: "pubsub/arguments",
  why: "The provider checks only which kinds of subscription conflict; the rest is refused by the API (pubsub.proto; Pub/Sub documentation, subscription properties).",
  checks: {
    google_pubsub_schema: [
      where(
        is("type", "AVRO"),
        must({
          definition: required({
            text: "an AVRO record as JSON, with types that AVRO has: Pub/Sub takes no other type at the top",
            accepts: (value) => isAvroRecord(parseJson(value)),
          }),
        }),
      ),
      where(
        is("type", "PROTOCOL_BUFFER"),
        must({ definition: required(matches(/\bmessage\s+\w+\s*\{[^]*\}/, "a proto file with one message")) }),
      ),
    ],
    google_pubsub_topic: [
      must({
        message_retention_duration: seconds(600, 31 * day),
        [regions]: each(matches(/^[a-z]+-[a-z]+\d+$/, "regions")),
      }),
      within(
        "ingestion_data_source_settings",
        atMostOne("aws_kinesis", "aws_msk", "azure_event_hubs", "cloud_storage", "confluent_cloud"),
        within("cloud_storage", atMostOne(...formats)),
      ),
    ],
    google_pubsub_subscription: [
      must({
        ack_deadline_seconds: between(10, 600),
        message_retention_duration: seconds(600, 31 * day),
        "expiration_policy.ttl": seconds(day, Infinity),
        "dead_letter_policy.max_delivery_attempts": between(5, 100),
        "retry_policy.minimum_backoff": seconds(0, 600),
        "retry_policy.maximum_backoff": seconds(0, 600),
        "bigquery_config.table": matches(
          /^(?:[\w.-]+:)?[a-z][a-z0-9-]*\.\w+\.[^.]+$/,
          "'project.dataset.table', with points",
        ),
        "cloud_storage_config.max_duration": seconds(60, 600),
        "cloud_storage_config.max_bytes": between(1000, 10 * 1024 ** 3),
        "cloud_storage_config.max_messages": between(1000, Infinity),
        "push_config.push_endpoint": matches(/^https:\/\//, "an https address"),
        "push_config.oidc_token.service_account_email": matches(/@/, "an e-mail address"),
      }),
      within("retry_policy", anyOf("minimum_backoff", "maximum_backoff")),
      refuse(
        (args) => secondsAt(args, "retry_policy.minimum_backoff") > secondsAt(args, "retry_policy.maximum_backoff"),
        "'retry_policy.minimum_backoff' must not be longer than 'retry_policy.maximum_backoff'",
      ),
      refuse(
        (args) =>
          secondsAt(args, "cloud_storage_config.max_duration") > (numberOf(args["ack_deadline_seconds"]) ?? NaN),
        "'cloud_storage_config.max_duration' must not be longer than 'ack_deadline_seconds': raise the deadline",
      ),
      within("bigquery_config", apart("use_table_schema", "use_topic_schema")),
      where(
        is("bigquery_config.drop_unknown_fields", true),
        within("bigquery_config", anyOf("use_table_schema", "use_topic_schema")),
      ),
      ...pushed.map((kind) =>
        apart("enable_exactly_once_delivery", kind, "only pull subscriptions deliver exactly once"),
      ),
      apart("bigquery_config", "cloud_storage_config"),
    ],
  },
});

/** NaN where there are none: it is never longer than anything. */
function secondsAt(args: Arguments, path: string): number {
  return secondsOf(valueAt(args, path)) ?? NaN;
}
