import { type Arguments, isUnknown, numberOf, show, valueAt } from "../arguments";
import { must, valuePolicy } from "../checks";
import { between, oneOf, matches } from "../expected";

const gibibyte = 1024 ** 3;

const operations =
  "ALL READ WRITE CREATE DELETE ALTER DESCRIBE CLUSTER_ACTION DESCRIBE_CONFIGS ALTER_CONFIGS IDEMPOTENT_WRITE".split(
    " ",
  );

export const kafka = valuePolicy({
  id: "managedkafka/arguments",
  why: "The provider plans any size; the API wants three processors and 1 to 8 GiB of memory for each (managedkafka v1, CapacityConfig).",
  checks: {
    google_managed_kafka_cluster: [
      must({
        "capacity_config.vcpu_count": between(3, 10_000),
        "rebalance_config.mode": oneOf("NO_REBALANCE", "AUTO_REBALANCE_ON_SCALE_UP", "MODE_UNSPECIFIED"),
      }),
      memoryFits,
    ],
    google_managed_kafka_topic: [must({ partition_count: between(1, 100_000), replication_factor: between(1, 100) })],
    google_managed_kafka_acl: [
      must({
        acl_id: matches(
          /^(?:cluster|allTopics|allConsumerGroups|allTransactionalIds|(?:topic|topicPrefixed|consumerGroup|consumerGroupPrefixed|transactionalId|transactionalIdPrefixed)\/.+)$/,
          'what the list is about, such as "topic/clicks" or "cluster"',
        ),
        "acl_entries.principal": matches(
          /^User:.+/,
          'a user, such as "User:runner@acme-ml-dev.iam.gserviceaccount.com"',
        ),
        "acl_entries.permission_type": oneOf("ALLOW", "DENY"),
        "acl_entries.operation": oneOf(...operations),
      }),
    ],
  },
});

function memoryFits(args: Arguments): readonly string[] {
  const memory = valueAt(args, "capacity_config.memory_bytes");
  const processors = numberOf(valueAt(args, "capacity_config.vcpu_count"));
  const bytes = numberOf(memory) ?? NaN;
  return processors === undefined ||
    memory === undefined ||
    isUnknown(memory) ||
    (bytes >= processors * gibibyte && bytes <= processors * 8 * gibibyte)
    ? []
    : [`'capacity_config.memory_bytes' must be 1 to 8 GiB for each of ${processors} processors, got ${show(memory)}`];
}
