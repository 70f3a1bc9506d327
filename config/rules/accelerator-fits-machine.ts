import { type AcceleratorCounts, servingAccelerators, servingTpus } from "../../catalog/machine-types";
import type { Place, Report } from "../problem";
import type { ModelConfig } from "../schema/team";
import { listNames } from "../nearest";
import { either } from "../text";
import { placeOf } from "../source/node";
import type { Rule } from "./rule";

/** A replica's machine type, accelerator and count are a combination that Vertex AI can serve with. */
export const acceleratorFitsMachine: Rule = ({ teams }, report) => {
  for (const { workloads, node } of teams) {
    for (const [name, model] of Object.entries(workloads.serving.models)) {
      const path = ["serving", "models", name];
      checkMachine(model, (key) => placeOf(node, ...path, key), report);
      if (model.batch) {
        checkMachine(model.batch, (key) => placeOf(node, ...path, "batch", key), report);
      }
    }
  }
};

type Machine = Pick<ModelConfig, "machineType" | "acceleratorType" | "acceleratorCount">;

function checkMachine(machine: Machine, at: (key: keyof Machine) => Place, report: Report): void {
  const { machineType, acceleratorType, acceleratorCount } = machine;
  const typePlace = at("acceleratorType");
  const countPlace = at("acceleratorCount");
  if (Object.hasOwn(servingTpus, machineType)) {
    for (const [given, place] of [[acceleratorType, typePlace] as const, [acceleratorCount, countPlace] as const]) {
      if (given !== undefined) {
        report(place, `must be absent, got '${given}': machine type '${machineType}' brings its own TPU chips`);
      }
    }
    return;
  }
  const taken = Object.hasOwn(servingAccelerators, machineType) ? servingAccelerators[machineType]! : {};
  if (acceleratorType === undefined) {
    if (needsAccelerator(machineType)) {
      report(typePlace, `is missing: machine type '${machineType}' takes ${combinations(taken)}`);
    } else if (acceleratorCount !== undefined) {
      report(
        countPlace,
        `needs acceleratorType, got only the count ${acceleratorCount}: add the type, or remove the count`,
      );
    }
    return;
  }
  const counts = taken[acceleratorType];
  if (counts === undefined) {
    const others = Object.keys(servingAccelerators).filter((type) => servingAccelerators[type]![acceleratorType]);
    const allowed = Object.keys(taken).length === 0 ? "no accelerator" : combinations(taken);
    const instead = others.length === 0 ? "none" : listNames(others, machineType);
    report(
      typePlace,
      `must fit machine type '${machineType}', which takes ${allowed}, got '${acceleratorType}': machine types that take it: ${instead}`,
    );
  } else if (!counts.includes(acceleratorCount ?? 1)) {
    const got = acceleratorCount === undefined ? "none, which means 1" : String(acceleratorCount);
    report(countPlace, `must be ${either(counts)} for ${acceleratorType} on machine type '${machineType}', got ${got}`);
  }
}

/** Only N1 machines run with and without accelerators. */
function needsAccelerator(machineType: string): boolean {
  return Object.hasOwn(servingAccelerators, machineType) && !machineType.startsWith("n1-");
}

function combinations(taken: AcceleratorCounts): string {
  return Object.entries(taken)
    .map(([type, counts]) => `${either(counts)} ${type}`)
    .join(", ");
}
