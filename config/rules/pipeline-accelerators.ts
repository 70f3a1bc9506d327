import { type Accelerator, accelerators } from "../../catalog/accelerators";
import { trainingAccelerators } from "../../catalog/machine-types";
import { didYouMean, listNames } from "../nearest";
import { acceleratorOf, executorNames } from "../pipeline-specification";
import { either, quote } from "../text";
import type { Rule } from "./rule";
import { specifications } from "./specifications";

/** Steps of pipelines ask for accelerators that a machine type of training can have. */
export const pipelineAccelerators: Rule = ({ teams }, report) => {
  for (const { specification } of teams.flatMap(specifications)) {
    for (const executor of executorNames(specification)) {
      const step = acceleratorOf(specification, executor);
      if (step === undefined) {
        continue;
      }
      const { type, count, countText, typePlace, countPlace } = step;
      const counts = trainingCounts(type);
      if (!isAccelerator(type)) {
        report(
          typePlace,
          `must be an accelerator of Vertex AI, got '${type}'${didYouMean(type, usable) || ","} allowed: ${listNames(usable, type)}`,
        );
      } else if (counts.length === 0) {
        report(
          typePlace,
          `must be an accelerator that a machine type of training takes by type and count, got '${type}', allowed: ${listNames(usable, type)}`,
        );
      } else if (!counts.includes(count)) {
        report(countPlace, `must be ${either(counts)} for ${type}, got ${quote(countText)}`);
      }
    }
  }
};

/** Accelerators that training takes by type and count. */
const usable = accelerators.filter((accelerator) => trainingCounts(accelerator).length > 0);

function isAccelerator(type: string): type is Accelerator {
  return (accelerators as readonly string[]).includes(type);
}

/** Counts of an accelerator that any machine type of training takes: Vertex AI chooses one by CPU and memory. */
function trainingCounts(type: string): number[] {
  const counts = Object.values(trainingAccelerators).flatMap((taken) => taken[type as Accelerator] ?? []);
  return [...new Set(counts)].sort((a, b) => a - b);
}
