/*
 * Arguments that say how much of something is paid for, by the end of their names.
 * Source: the schemas of google 6.50 (a test looks for arguments of the kind that no list here has), the limits of a container in the
 * Cloud Run documentation ("Configure CPU limits", "GPU support"), and PipelineSpec of Kubeflow Pipelines; read 2026-11. Requests to Google's
 * APIs hold the same names in camel case.
 */
import { servingAccelerators, servingTpus, trainingAccelerators, trainingTopologies } from "./machine-types";

/** Names that end in one of several words, as a whole or after a dot. */
const ending = (...names: readonly string[]) => new RegExp(`(?:^|\\.)(?:${names.join("|")})$`);

const counted =
  "(?:replica|instance|node|accelerator|worker|task|cpu|vcpu|core|vm|shard|partition|slot|scheduler|ssd|executors|disk|run)_count";
const several = "(?:replicas|instances|nodes|num_instances|workers|slots|processing_units|iops|throughput|local_ssds)";

/** How many, or how much, runs or is reserved. */
const quantities = ending(
  `(?:\\w+_)?${counted}`,
  `(?:min|max|num)_(?:\\w+_)?${several}`,
  ...[
    "(?:min|max)_count",
    "max_iops_per_tb",
    "replicas",
    "parallelism(?:_limit)?",
    "processing_units",
    "manual_scaling\\.instances",
  ],
  ...["(?:guest_)?accelerators?\\.(?:resource_)?count", "specific_reservation\\.count", "partition_config\\.count"],
  "(?:dag_processor|scheduler|triggerer|web_server|worker)\\.(?:count|cpu|memory_gb)",
  ...[
    "limits\\.(?:cpu|memory|nvidia\\.com/gpu)",
    "(?:resource_)?(?:cpu|memory)_limit",
    "resources\\.(?:cpu|memory_gb)",
  ],
  ...["available_(?:cpu|memory|memory_mb)", "memory_(?:size_gb|size_mb|bytes)", "capacity_gi?b"],
  ...["(?:\\w+_)?disk_size(?:_gb)?", "(?:\\w+_disk|initialize_params|volumes|root_volume)\\.size(?:_gb)?", "size"],
  ...["provisioned_(?:iops|throughput)", "total_(?:iops|throughput_mibps)", "throughput_capacity"],
  ...["slot_capacity", "baseline_slots", "target_size", "initial_size"],
);

/** What it runs on. */
const machines = ending(
  ...[
    "(?:\\w+_)?machine_type",
    "machine_types",
    "instance_type",
    "instance_class",
    "instance_size",
    "node_type",
    "tier",
  ],
  ...["accelerator_type", "accelerators?\\.(?:resource_)?type", "(?:guest_accelerator|accelerator_configs?)\\.type"],
  ...["node_selector\\.accelerator", "tpu_topology", "(?:boot_|data_)?disk_type", "volume_type", "storage_class"],
  ...["availability_type", "(?:platform_)?edition", "environment_size", "shard_size"],
);

/** What is there also when nobody asks for it. */
const least = ending(`min_(?:\\w+_)?${several}`, "min_(?:\\w+_)?(?:instance|replica|node)_count", "min_count");

/** What is there from the first hour on, whatever is asked of it. */
const standing = ending(
  ...["(?:initial_|fixed_|required_)?(?:node|replica|shard)_count", "manual_instance_count", "num_(?:nodes|instances)"],
  ...[
    "slot_(?:capacity|count)",
    "baseline_slots",
    "throughput_capacity",
    "processing_units",
    "manual_scaling\\.instances",
  ],
  ...["specific_reservation\\.count", "capacity_config\\.vcpu_count", "target_size"],
);

const accelerators = ending(
  ...["accelerator_(?:type|count)", "node_selector\\.accelerator", "limits\\.nvidia\\.com/gpu", "tpu_topology"],
  "(?:guest_accelerators?|accelerator_configs?|accelerators?)\\.(?:resource_)?(?:type|count|core_count)",
);

/** Families of machines that have accelerators built in, such as `a3`: all but `n1` that take any. */
const families = new Set(
  [trainingAccelerators, trainingTopologies, servingAccelerators, servingTpus]
    .flatMap((types) => Object.keys(types))
    .map((machineType) => machineType.split("-")[0]!)
    .filter((family) => family !== "n1"),
);

/** A name as the provider writes it. */
const asProvider = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();

export const isQuantity = (name: string) => quantities.test(asProvider(name));

export const isMachine = (name: string) => machines.test(asProvider(name));

/** A least number: with none of it what runs costs nothing while nobody asks. */
export const isLeast = (name: string) => least.test(asProvider(name));

export const isStanding = (name: string) => standing.test(asProvider(name));

export const isAccelerator = (name: string) => accelerators.test(asProvider(name));

/** Whether a machine type has accelerators without saying so, such as `a3-highgpu-8g`. */
export function hasAccelerators(machineType: string): boolean {
  return families.has(machineType.split("-")[0]!);
}
