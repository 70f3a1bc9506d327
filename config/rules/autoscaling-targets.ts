import { servingTpus } from "../../catalog/machine-types";
import { placeOf } from "../source/node";
import type { Rule } from "./rule";

/** Replicas that scale by something have it: an accelerator to be busy, and leave to scale. */
export const autoscalingTargets: Rule = ({ teams }, report) => {
  for (const { workloads, node } of teams) {
    for (const [name, { machineType, acceleratorType, autoscaling }] of Object.entries(workloads.serving.models)) {
      for (const [target, value] of Object.entries(autoscaling)) {
        const place = placeOf(node, "serving", "models", name, "autoscaling", target);
        if (Object.hasOwn(servingTpus, machineType)) {
          report(place, `must be absent, got ${value}: replicas on TPU machine type '${machineType}' do not scale`);
        } else if (target === "acceleratorDutyCycle" && acceleratorType === undefined) {
          report(
            place,
            `needs acceleratorType, got only the target ${value}: add the accelerator, or scale by cpuUtilization or requestCountPerMinute`,
          );
        }
      }
    }
  }
};
