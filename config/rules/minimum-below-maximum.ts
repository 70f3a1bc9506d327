import { servingTpus } from "../../catalog/machine-types";
import { placeOf } from "../source/node";
import type { Rule } from "./rule";

/** What always runs is not more than what may run, and equal to it where nothing scales. */
export const minimumBelowMaximum: Rule = ({ teams }, report) => {
  for (const { workloads, node } of teams) {
    for (const [name, model] of Object.entries(workloads.serving.models)) {
      const { machineType, minReplicaCount, maxReplicaCount } = model;
      const place = placeOf(node, "serving", "models", name, "minReplicaCount");
      if (minReplicaCount > maxReplicaCount) {
        report(place, `must be at most maxReplicaCount (${maxReplicaCount}), got ${minReplicaCount}`);
      } else if (minReplicaCount < maxReplicaCount && Object.hasOwn(servingTpus, machineType)) {
        report(
          place,
          `must equal maxReplicaCount (${maxReplicaCount}), got ${minReplicaCount}: replicas on TPU machine type '${machineType}' do not scale`,
        );
      }
      const { startingReplicaCount = 1, maxReplicaCount: most = 1 } = model.batch ?? {};
      if (startingReplicaCount > most) {
        report(
          placeOf(node, "serving", "models", name, "batch", "startingReplicaCount"),
          `must be at most maxReplicaCount (${most}), got ${startingReplicaCount}`,
        );
      }
    }
    for (const [name, { minInstanceCount, maxInstanceCount }] of Object.entries(workloads.serving.services)) {
      if (minInstanceCount > maxInstanceCount) {
        report(
          placeOf(node, "serving", "services", name, "minInstanceCount"),
          `must be at most maxInstanceCount (${maxInstanceCount}), got ${minInstanceCount}`,
        );
      }
    }
  }
};
