import { accelerators } from "../../catalog/accelerators";
import { servingAccelerators } from "../../catalog/machine-types";
import { type Arguments, isUnknown, numberOf, show } from "../arguments";
import { apart, type Check, must, ordered, refuse, valuePolicy, within } from "../checks";
import { between, oneOf, required, something, matches } from "../expected";

/** Machines that hold their accelerators, and those that take some. */
const takesAccelerators = /^(?:n1|a2|a3|a4x?|g2|g4)-/;

const replicas: Check[] = [
  must({
    min_replica_count: between(1, 5000),
    max_replica_count: between(1, 5000),
    "machine_spec.machine_type": matches(
      /^(?:[acegmn]\d[a-z]*|ct\d\w*|tpu\w*)-[a-z]+-\d+[gt]?$/,
      "a machine type, such as n1-standard-4",
    ),
    "machine_spec.accelerator_type": oneOf(...accelerators, "ACCELERATOR_TYPE_UNSPECIFIED"),
    "machine_spec.accelerator_count": between(1, 16),
  }),
  ordered("min_replica_count", "max_replica_count"),
  within("machine_spec", acceleratorFits),
];

export const vertexAi = valuePolicy({
  id: "vertex-ai/arguments",
  why: "The provider plans any replicas, machines and index settings; the API refuses them (aiplatform v1: DedicatedResources, MachineSpec, FeatureOnlineStore, NearestNeighborSearch metadata).",
  checks: {
    google_vertex_ai_deployment_resource_pool: [within("dedicated_resources", ...replicas)],
    google_vertex_ai_endpoint_with_model_garden_deployment: [within("deploy_config.dedicated_resources", ...replicas)],
    google_vertex_ai_index_endpoint_deployed_index: [
      within("dedicated_resources", ...replicas),
      within("automatic_resources", ordered("min_replica_count", "max_replica_count")),
    ],
    google_vertex_ai_metadata_store: [must({ name: required(oneOf("default")) })],
    google_vertex_ai_feature_online_store: [
      must({
        "bigtable.auto_scaling.min_node_count": between(1, 1000),
        "bigtable.auto_scaling.cpu_utilization_target": between(10, 80),
      }),
      within(
        "bigtable.auto_scaling",
        ordered("min_node_count", "max_node_count"),
        refuse(
          ({ min_node_count: min, max_node_count: max }) => (numberOf(max) ?? NaN) > 10 * (numberOf(min) ?? NaN),
          "'bigtable.auto_scaling.max_node_count' must be at most ten times 'min_node_count'",
        ),
      ),
    ],
    google_vertex_ai_index: [
      must({
        metadata: something,
        "metadata.config": something,
        "metadata.config.dimensions": between(1, Infinity),
        index_update_method: oneOf("BATCH_UPDATE", "STREAM_UPDATE"),
        "metadata.config.distance_measure_type": oneOf(
          "SQUARED_L2_DISTANCE",
          "L1_DISTANCE",
          "COSINE_DISTANCE",
          "DOT_PRODUCT_DISTANCE",
        ),
        "metadata.config.feature_norm_type": oneOf("UNIT_L2_NORM", "NONE"),
        "metadata.config.shard_size": oneOf("SHARD_SIZE_SMALL", "SHARD_SIZE_MEDIUM", "SHARD_SIZE_LARGE"),
      }),
      within("metadata.config.algorithm_config", apart("tree_ah_config", "brute_force_config")),
    ],
  },
});

function acceleratorFits(args: Arguments): readonly string[] {
  const { machine_type: machine, accelerator_type: accelerator, accelerator_count: count } = args;
  if (typeof machine !== "string" || isUnknown(machine) || typeof accelerator !== "string" || isUnknown(accelerator)) {
    return [];
  }
  const wanted = `${show(accelerator)} on ${show(machine)}`;
  if (accelerator !== "" && !takesAccelerators.test(machine)) {
    return [`'machine_spec' must not ask for ${wanted}: the machine takes no accelerators`];
  }
  const fitting = servingAccelerators[machine];
  const counts = fitting?.[accelerator as keyof typeof fitting];
  if (fitting === undefined || isUnknown(count) || count === undefined || accelerator === "") {
    return [];
  }
  return counts?.includes(numberOf(count) ?? NaN)
    ? []
    : [
        `'machine_spec' must not ask for ${show(count)} of ${wanted}, allowed: ${counts?.join(", ") ?? Object.keys(fitting).join(", ")}`,
      ];
}
