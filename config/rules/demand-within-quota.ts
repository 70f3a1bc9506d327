import { type Accelerator, accelerators, type AcceleratorUse } from "../../catalog/accelerators";
import { servingTpus } from "../../catalog/machine-types";
import { groupBy } from "../group-by";
import { type AcceleratorStep, acceleratorSteps } from "../pipeline-specification";
import type { ModelConfig } from "../schema/team";
import { placeOf } from "../source/node";
import type { Rule, TeamInEnvironment } from "./rule";
import { specifications } from "./specifications";

/** What one workload may ask for at once. */
interface Demand {
  readonly use: AcceleratorUse;
  readonly accelerator: string;
  readonly amount: number;
  /** How the amount comes about: `churn/propensity 1 x 4 replicas x 2 versions`. */
  readonly reason: string;
}

/** At the peak of a rollout the old and the new version of a model stand side by side. */
const versions = 2;

/** All that an environment's teams may run at once fits into the accelerators that the environment asks for. */
export const demandWithinQuota: Rule = ({ environments, teams }, report) => {
  for (const { name, settings, node } of environments) {
    if (settings.quotas === undefined) {
      continue;
    }
    const demands = teams.filter((team) => team.environment.name === name).flatMap(demandsOf);
    for (const group of groupBy(demands, ({ use, accelerator }) => `${use} ${accelerator}`).values()) {
      const { use, accelerator } = group[0]!;
      const declared = settings.quotas[use][accelerator as Accelerator] ?? 0;
      const total = group.reduce((sum, { amount }) => sum + amount, 0);
      if (total > declared) {
        const terms = group.map(({ reason, amount }) => `${reason} = ${amount}`).join("; ");
        const raise = declared === 0 ? "declare it" : "raise it";
        const lower = use === "serving" ? "lower a maxReplicaCount" : "run fewer accelerators at once";
        report(
          placeOf(node, "quotas", use, accelerator),
          `must be at least ${total}, got ${declared === 0 ? "none" : declared}: ${raise} or ${lower} (${terms})`,
        );
      }
    }
  }
};

function demandsOf(team: TeamInEnvironment): Demand[] {
  const serving = Object.entries(team.workloads.serving.models).flatMap(([name, model]) => [
    servingDemand(team, name, model),
    batchDemand(team, name, model),
  ]);
  const training = specifications(team).flatMap(({ name, specification }) => {
    const steps = acceleratorSteps(specification).filter(({ step }) => isKnown(step));
    return [...groupBy(steps, ({ step }) => step.type)].map(([accelerator, group]): Demand => ({
      use: "training",
      accelerator,
      amount: group.reduce((sum, { step, copies }) => sum + step.count * copies, 0),
      reason: `${team.name}/${name} ${group
        .map(({ step, copies }) => `${step.executor} ${step.count}${copies > 1 ? ` x ${copies} in parallel` : ""}`)
        .join(" + ")}`,
    }));
  });
  return [...serving.filter((demand) => demand !== undefined), ...training];
}

function servingDemand({ name: team }: TeamInEnvironment, name: string, model: ModelConfig): Demand | undefined {
  const { machineType, acceleratorType, acceleratorCount = 1, maxReplicaCount } = model;
  const tpu = Object.hasOwn(servingTpus, machineType) ? servingTpus[machineType] : undefined;
  const accelerator = tpu?.accelerator ?? acceleratorType;
  const count = tpu?.chips ?? acceleratorCount;
  return (
    accelerator && {
      use: "serving",
      accelerator,
      amount: count * maxReplicaCount * versions,
      reason: `${team}/${name} ${count} x maxReplicaCount ${maxReplicaCount} x ${versions} versions during a rollout`,
    }
  );
}

/** Batch predictions run beside what serves. */
function batchDemand({ name: team }: TeamInEnvironment, name: string, { batch }: ModelConfig): Demand | undefined {
  if (batch?.acceleratorType === undefined) {
    return undefined;
  }
  const { acceleratorType, acceleratorCount = 1, maxReplicaCount } = batch;
  return {
    use: "serving",
    accelerator: acceleratorType,
    amount: acceleratorCount * maxReplicaCount,
    reason: `${team}/${name} ${acceleratorCount} x maxReplicaCount ${maxReplicaCount} in batch predictions`,
  };
}

/** Steps that ask for something impossible are reported elsewhere. */
function isKnown({ type, count }: AcceleratorStep): boolean {
  return Number.isInteger(count) && (accelerators as readonly string[]).includes(type);
}
