import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

import { type Outcome, run } from "../cli/processes";
import type { Terraform } from "../cli/terraform";
import { objectOf } from "../review/plan/json";
import { secretsOf } from "../review/secrets/collect";
import { Redactor } from "../review/secrets/redactor";
import { readApplied, writeApplied } from "./applied";
import { inDependencyOrder } from "./in-dependency-order";
import { type PlanSet, planSetDigest, stackFiles, type StackPlan } from "./plan-set";

/** What became of a stack. */
export interface StackApplied {
  readonly name: string;
  readonly status: "applied" | "applied before" | "unchanged" | "failed" | "skipped";
  /** What Terraform did, why it failed, or which stack it waited for in vain. */
  readonly text: string;
  /** Folder that Terraform ran in. */
  readonly workFolder: string;
}

export interface ApplyRequest {
  readonly folder: string;
  readonly set: PlanSet;
  /** Folder of the project. */
  readonly root: string;
  readonly terraform: Terraform;
  /** Environment of a process that is about to be started. */
  readonly env: () => NodeJS.ProcessEnv;
  readonly concurrency: number;
  /** Told of every stack as soon as it has ended. */
  readonly onDone: (result: StackApplied) => void;
}

/**
 * Applies the plans of a folder, each after those that it depends on, and notes in the folder which are done. A stack that fails
 * keeps those that depend on it from being applied, and no others.
 */
export async function applyStacks(request: ApplyRequest): Promise<StackApplied[]> {
  const digest = planSetDigest(request.set);
  const applied = new Set(readApplied(request.folder, digest));
  const results = new Map<string, StackApplied>();
  await inDependencyOrder(request.set.stacks, request.concurrency, async (stack) => {
    const lacks = stack.dependencies.find((name) => ["failed", "skipped"].includes(results.get(name)?.status ?? ""));
    const workFolder = join(request.root, "cdktf.out", "stacks", stack.name);
    const end = (status: StackApplied["status"], text: string): StackApplied => ({
      name: stack.name,
      status,
      text,
      workFolder,
    });
    let result: StackApplied;
    if (stack.status === "unchanged") {
      result = end("unchanged", "");
    } else if (applied.has(stack.name)) {
      result = end("applied before", "");
    } else if (lacks !== undefined) {
      result = end("skipped", lacks);
    } else {
      const { code, stdout, stderr } = await applyPlan(request, stack, workFolder);
      if (code === 0) {
        writeApplied(request.folder, digest, applied.add(stack.name));
      }
      result =
        code === 0
          ? end("applied", summaryOf(stdout))
          : end("failed", withoutSecrets(explain(stderr || stdout), request.folder, stack));
    }
    results.set(stack.name, result);
    request.onDone(result);
  });
  return [...results.values()];
}

/** Terraform takes the configuration from the plan; the folder tells it which providers to start, and where a local state is. */
async function applyPlan(
  { folder, terraform, env }: ApplyRequest,
  { name, lockSha256 }: StackPlan,
  workFolder: string,
): Promise<Outcome> {
  const stored = (file: string) => resolve(folder, name, file);
  mkdirSync(workFolder, { recursive: true });
  copyFileSync(stored(stackFiles.config), join(workFolder, stackFiles.config));
  rmSync(join(workFolder, stackFiles.lock), { force: true });
  if (existsSync(stored(stackFiles.lock))) {
    copyFileSync(stored(stackFiles.lock), join(workFolder, stackFiles.lock));
  }
  const ask = (...args: string[]) =>
    run(terraform.command, [...args, "-input=false", "-no-color"], { cwd: workFolder, env: env() });
  const init = await ask("init", ...(lockSha256 === undefined ? [] : ["-lockfile=readonly"]));
  // The plan's path comes last.
  return init.code === 0
    ? run(terraform.command, ["apply", "-input=false", "-no-color", stored(stackFiles.plan)], {
        cwd: workFolder,
        env: env(),
      })
    : init;
}

/** Providers quote in their errors what the plan marks as sensitive. */
function withoutSecrets(text: string, folder: string, { name }: StackPlan): string {
  const plan = objectOf(JSON.parse(readFileSync(join(folder, name, stackFiles.json), "utf8")));
  return new Redactor(secretsOf(plan)).mask(text);
}

function summaryOf(stdout: string): string {
  return /^Apply complete! Resources: (.+)\.$/m.exec(stdout)?.[1] ?? "done";
}

/** Terraform's refusals in words that say what to do. */
function explain(errors: string): string {
  const text = errors.trim();
  if (/Saved plan is stale/.test(text)) {
    return "its state has moved on since it was planned: another apply ran, or this one was cut off before. Plan again, and have that reviewed";
  }
  if (/Error acquiring the state lock/.test(text)) {
    return `${text}\nSomebody else works on this stack, or was cut off: wait, then run the same command again`;
  }
  return `${text}\nWhat was done before that stays, and is in the state: plan again, and have that reviewed`;
}
