import { type Arguments, isUnknown, numberOf, show, valueAt } from "../arguments";
import { must, valuePolicy } from "../checks";
import { between, oneOf } from "../expected";

const gibibyte = 1024 ** 3;

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
