import { keyPlaceOf } from "../source/node";
import type { Rule } from "./rule";

/** Least memory of an instance in Mi, by its vCPUs; source: "Configure memory limits for services" of Cloud Run, second generation. */
const leastMemory: Readonly<Record<string, number>> = { "1": 512, "2": 512, "4": 2048, "8": 4096 };

const mostMemory = 32 * 1024;

/** Cloud Run takes only some combinations of vCPUs and memory. */
export const serviceSize: Rule = ({ teams }, report) => {
  for (const { workloads, node } of teams) {
    for (const [name, { cpu, memory }] of Object.entries(workloads.serving.services)) {
      const mebibytes = Number.parseInt(memory) * (memory.endsWith("Gi") ? 1024 : 1);
      const least = leastMemory[cpu]!;
      if (mebibytes < least || mebibytes > mostMemory) {
        report(
          keyPlaceOf(node, "serving", "services", name, "memory"),
          `must be from ${least}Mi to ${mostMemory / 1024}Gi with ${cpu} vCPU, got ${memory}`,
        );
      }
    }
  }
};
