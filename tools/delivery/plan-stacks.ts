import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

import { makeFolder } from "../cli/output-file";
import type { Outcome } from "../cli/processes";
import type { SynthesisedStack } from "../cli/synth";
import { UserError } from "../cli/user-error";
import { appliedFile } from "./applied";
import { fileSha256 } from "./digest";
import { planSetFile, stackFiles, type StackPlan } from "./plan-set";
import { planCode, runTerraformPlans, type TerraformPlans } from "./terraform-plans";

export interface PlanRequest extends Omit<TerraformPlans, "files" | "onDone"> {
  /** Folder that the plans are written to: it holds secrets, and only its owner may read it. */
  readonly out: string;

  /** Told of every plan, in the order of the stacks. */
  readonly onDone?: (plan: StackPlan, stack: SynthesisedStack, outcome: Outcome) => void;
}

/**
 * Plans every stack, some at a time, into a folder of plans, and gives what came of each; `writePlanSet` makes the folder complete.
 * A plan that fails keeps no other from being made. Throws a `UserError` where the folder holds anything else.
 */
export async function planStacks({ out: folder, onDone, ...request }: PlanRequest): Promise<StackPlan[]> {
  const out = resolve(folder);
  emptyPlanFolder(out);
  const made: StackPlan[] = [];
  request.stacks.forEach(({ name }) => mkdirSync(join(out, name), { mode: 0o700 }));
  await runTerraformPlans({
    ...request,
    files: ({ name }) => ({ plan: join(out, name, stackFiles.plan), json: join(out, name, stackFiles.json) }),
    onDone: (stack, outcome) => {
      const plan = keep(out, stack, outcome);
      made.push(plan);
      onDone?.(plan, stack, outcome);
    },
  });
  return made;
}

/** Removes what an earlier `mlp plan` wrote, also one that was interrupted. Anything else is somebody's. */
function emptyPlanFolder(out: string): void {
  makeFolder(out, 0o700);
  const strange = readdirSync(out).find((name) => !isOurs(join(out, name), name));
  if (strange !== undefined) {
    throw new UserError(
      `${out} must be empty or hold plans alone, got ${strange}: name another folder with --out, or move that away`,
    );
  }
  chmodSync(out, 0o700);
  readdirSync(out).forEach((name) => rmSync(join(out, name), { recursive: true }));
}

function isOurs(path: string, name: string): boolean {
  const files: readonly string[] = Object.values(stackFiles);
  return statSync(path).isDirectory()
    ? readdirSync(path).every((file) => files.includes(file))
    : name === planSetFile || name === appliedFile;
}

function keep(out: string, { name, dependencies, folder }: SynthesisedStack, outcome: Outcome): StackPlan {
  const target = join(out, name);
  for (const file of [stackFiles.config, stackFiles.lock]) {
    if (existsSync(join(folder, file))) {
      copyFileSync(join(folder, file), join(target, file));
    }
  }
  readdirSync(target).forEach((file) => chmodSync(join(target, file), 0o600));
  const planSha256 = fileSha256(join(target, stackFiles.plan));
  const jsonSha256 = fileSha256(join(target, stackFiles.json));
  const lockSha256 = fileSha256(join(target, stackFiles.lock));
  const { code, stdout, stderr } = outcome;
  const failed =
    (code !== planCode.noChanges && code !== planCode.changes) || planSha256 === undefined || jsonSha256 === undefined;
  return {
    name,
    dependencies: [...dependencies],
    status: failed ? "failed" : code === planCode.changes ? "planned" : "unchanged",
    ...(planSha256 !== undefined && { planSha256 }),
    ...(jsonSha256 !== undefined && { jsonSha256 }),
    ...(lockSha256 !== undefined && { lockSha256 }),
    configSha256: fileSha256(join(target, stackFiles.config))!,
    ...(failed && { error: (stderr || stdout).trim() || `terraform plan ended with code ${code}, and said nothing` }),
  };
}
