import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";

import {
  hasAccelerators,
  isAccelerator,
  isLeast,
  isMachine,
  isQuantity,
  isStanding,
} from "../../catalog/paid-arguments";
import { parseSource, sourceOf } from "../../tools/sandbox/schema/bindings";
import type { Block } from "../../tools/sandbox/schema/schema";

/** Bindings of what an ML platform is made of, and pays for by what its arguments say. */
const services =
  /^(?:alloydb|bigquery-(?:bi-)?(?:capacity|reservation)|bigtable-instance|cloud-run|cloudfunctions|colab|composer|compute-(?:instance|region-instance|disk|node|autoscaler|reservation)|container-(?:cluster|node)|data-pipeline|dataflow|dataproc-(?:cluster|autoscaling)|filestore-instance|managed-kafka|memorystore|notebooks|pubsub-lite|redis|spanner-instance|sql-database-instance|tpu|vertex-ai|vpc-access|workbench)/;

/** Names that sound like an amount or a machine. */
const sounds =
  /(?:^|_)(?:count|instances|nodes|replicas|workers|slots|units|iops|cpus?|capacity|ssds|executors|machine_types?|accelerators?)$|(?:^|_)(?:disk_)?size(?:_gb)?$|^accelerator_|^(?:min|max|num)_/;

/** What sounds so and is not paid for by itself, by the last words of its name. */
const notPaid = [
  "approximate_neighbors_count",
  "container_log_max_size",
  "data_cache_count",
  "gpu_partition_size",
  "leaf_node_embedding_count",
  "max_instance_request_concurrency",
  "max_parallel_image_pulls",
  "max_pods_per_node",
  "max_retries",
  "max_run_duration",
  "max_shared_clients_per_gpu",
  "max_surge",
  "max_surge_fixed",
  "max_surge_percent",
  "max_unavailable",
  "max_unavailable_fixed",
  "max_unavailable_percent",
  "min_cpu_platform",
  "min_length",
  "min_master_version",
  "min_node_cpus",
  "node_type_flexibility.cpus",
  "quantity_based_retention.count",
  "queue_count",
  "target_stopped_size",
  "target_suspended_size",
];

function namesIn({ attributes, blocks }: Block, prefix = ""): string[] {
  const own = Object.entries(attributes)
    .filter(([, { optional, required, type }]) => (optional || required) && ["number", "string"].includes(String(type)))
    .map(([name]) => `${prefix}${name}`);
  return [...own, ...Object.entries(blocks).flatMap(([name, { block }]) => namesIn(block, `${prefix}${name}.`))];
}

test("every argument that sounds like an amount or a machine is read by the review, or is named here", () => {
  const folder = join(dirname(require.resolve("@cdktf/provider-google/package.json")), "lib");
  const names = readdirSync(folder)
    .filter((name) => services.test(name))
    .map((name) => parseSource(sourceOf(join(folder, name))))
    .flatMap((parsed) => (parsed?.kind === "TerraformResource" ? namesIn(parsed.block) : []));
  const unread = names
    .filter((name) => sounds.test(lastOf(name)) || /accelerator\w*\.type$/.test(name))
    .filter((name) => !isQuantity(name) && !isMachine(name))
    .map((name) => (/^(?:count|cpus)$/.test(lastOf(name)) ? name.split(".").slice(-2).join(".") : lastOf(name)));
  expect(names.length).toBeGreaterThan(1000);
  expect([...new Set(unread)].sort()).toEqual(notPaid);
});

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

test.each(["a2-highgpu-8g", "a3-megagpu-8g", "g2-standard-4", "ct5lp-hightpu-4t"])("%s has accelerators", (machine) => {
  expect(hasAccelerators(machine)).toBe(true);
});

test.each(["n1-standard-4", "e2-standard-4", "n2-standard-4", ""])("%s has none", (machine) => {
  expect(hasAccelerators(machine)).toBe(false);
});

test.each([
  ["gce_setup.accelerator_configs.core_count", [isQuantity, isAccelerator]],
  ["gce_setup.accelerator_configs.type", [isMachine, isAccelerator]],
  ["template.containers.resources.limits.nvidia.com/gpu", [isQuantity, isAccelerator]],
  ["template.scaling.min_instance_count", [isQuantity, isLeast]],
  ["bigtable.auto_scaling.min_node_count", [isQuantity, isLeast]],
  ["slot_capacity", [isQuantity, isStanding]],
  ["machine_type", [isMachine]],
  ["retry_config.retry_count", []],
  ["minimum_approvals_count", []],
])("%s", (name, kinds) => {
  const all = [isQuantity, isMachine, isLeast, isStanding, isAccelerator];
  expect(all.filter((each) => each(name))).toEqual(kinds);
});
