import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import { Listr } from "listr2";

import { type Outcome, run } from "../cli/processes";
import type { SynthesisedStack } from "../cli/synth";
import type { Terraform } from "../cli/terraform";
import { stackFiles } from "./plan-set";

/** Exit codes of `terraform plan -detailed-exitcode`. */
export const planCode = { noChanges: 0, failed: 1, changes: 2 } as const;

/** Terraform processes at once: each keeps a core busy. */
export const planConcurrency = Math.min(availableParallelism(), 8);

export interface TerraformPlans {
  readonly stacks: readonly SynthesisedStack[];
  readonly terraform: Terraform;
  /** Environment of a process that is about to be started. */
  readonly env: () => NodeJS.ProcessEnv;

  /**
   * Lock file of the project, which every stack is initialised with and which must name all of its providers.
   * @default - Terraform chooses among the versions that a stack allows
   */
  readonly lockFile?: string;

  /**
   * Files that a stack's plan is written to, and what `terraform show -json` says of it.
   * @default - plans are only printed
   */
  readonly files?: (stack: SynthesisedStack) => { readonly plan: string; readonly json: string };

  /** @default - one for every core, at most 8 */
  readonly concurrency?: number;

  /** Told of every plan, in the order of the stacks. */
  readonly onDone: (stack: SynthesisedStack, outcome: Outcome) => void;
}

/** Runs `terraform plan` in every stack, some at a time, and tells of each as soon as it and all before it are done. */
export async function runTerraformPlans(plans: TerraformPlans): Promise<void> {
  const outcomes: Outcome[] = [];
  let told = 0;
  const tasks = plans.stacks.map((stack, index) => ({
    task: async () => {
      outcomes[index] = await plan(plans, stack);
      for (let next = outcomes[told]; next; next = outcomes[told]) {
        plans.onDone(plans.stacks[told++]!, next);
      }
    },
  }));
  const concurrent = plans.concurrency ?? planConcurrency;
  await new Listr(tasks, { concurrent, renderer: "silent", registerSignalListeners: false }).run();
}

/**
 * A folder that was initialised once is planned at once: Terraform refuses where what it was initialised for has changed since, and
 * is asked again after an init.
 */
async function plan({ terraform, env, lockFile, files }: TerraformPlans, stack: SynthesisedStack): Promise<Outcome> {
  const { folder } = stack;
  const ask = (...args: string[]) => run(terraform.command, [...args, "-no-color"], { cwd: folder, env: env() });
  const makePlan = async (): Promise<Outcome> => {
    if (files === undefined) {
      return ask("plan", "-input=false", "-detailed-exitcode");
    }
    const { plan, json } = files(stack);
    const planned = await ask("plan", "-input=false", "-detailed-exitcode", `-out=${plan}`);
    if (planned.code === planCode.failed) {
      return planned;
    }
    const shown = await ask("show", "-json", plan);
    writeFileSync(json, shown.stdout, { mode: 0o600 });
    return shown.code === 0 ? planned : { ...shown, code: planCode.failed };
  };
  if (lockFile !== undefined) {
    copyFileSync(lockFile, join(folder, stackFiles.lock));
  }
  if (existsSync(join(folder, ".terraform"))) {
    const planned = await makePlan();
    if (planned.code !== planCode.failed) {
      return planned;
    }
  }
  const init = await ask("init", "-input=false", ...(lockFile === undefined ? [] : ["-lockfile=readonly"]));
  return init.code === 0 ? makePlan() : { ...init, code: planCode.failed };
}
