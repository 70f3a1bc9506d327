import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import { Command } from "commander";
import { Listr } from "listr2";
import pc from "picocolors";

import { type Outcome, run } from "../processes";
import { sandboxEnvironment } from "../sandbox-environment";
import { type SandboxSession, withSession } from "../sandbox-session";
import { synthesise, type SynthesisedStack } from "../synth";
import { withPlacesToMend } from "../terraform-errors";
import { managedResources, orphans } from "../terraform-state";

/** Exit codes of `terraform plan -detailed-exitcode`, and of this command. */
const noChanges = 0;
const failed = 1;
const changes = 2;

/** Terraform processes at once: each keeps a core busy. */
const concurrency = Math.min(availableParallelism(), 8);

export function planCommand(): Command {
  return new Command("plan")
    .description("plan every stack against what the sandbox holds; exit 0 no changes, 2 changes, 1 failed")
    .action(async () => {
      process.exitCode = await withSession(async (session) => {
        const stacks = await synthesise(session.root, sandboxEnvironment);
        const codes = await planAll(session, stacks);
        const declared = stacks.map(({ name }) => name);
        for (const stack of orphans(managedResources(session.states), declared)) {
          console.log(
            `${pc.yellow("orphaned")}    ${stack}: deployed, but declared no more; 'mlp sandbox down --orphans' destroys it`,
          );
          codes.push(changes);
        }
        return codes.includes(failed) ? failed : codes.includes(changes) ? changes : noChanges;
      });
    });
}

/** Plans some stacks at a time, and prints each as soon as it and all before it are done. */
async function planAll(session: SandboxSession, stacks: readonly SynthesisedStack[]): Promise<number[]> {
  const outcomes: Outcome[] = [];
  const codes: number[] = [];
  const tasks = stacks.map((stack, index) => ({
    task: async () => {
      outcomes[index] = await plan(session, stack);
      for (let next = outcomes[codes.length]; next; next = outcomes[codes.length]) {
        codes.push(report(session, stacks[codes.length]!, next));
      }
    },
  }));
  await new Listr(tasks, { concurrent: concurrency, renderer: "silent", registerSignalListeners: false }).run();
  return codes;
}

/**
 * A folder that was initialised once is planned at once: Terraform refuses where what it was initialised for has changed since, and
 * is asked again after an init.
 */
async function plan(session: SandboxSession, { folder }: SynthesisedStack): Promise<Outcome> {
  const terraform = (...args: string[]) =>
    run(session.terraform.command, [...args, "-input=false", "-no-color"], { cwd: folder, env: session.childEnv() });
  if (existsSync(join(folder, ".terraform"))) {
    const planned = await terraform("plan", "-detailed-exitcode");
    if (planned.code !== failed) {
      return planned;
    }
  }
  const init = await terraform("init");
  return init.code === 0 ? terraform("plan", "-detailed-exitcode") : { ...init, code: failed };
}

function report(session: SandboxSession, stack: SynthesisedStack, { code, stdout, stderr }: Outcome): number {
  switch (code) {
    case noChanges:
      console.log(`${pc.green("no changes")}  ${stack.name}`);
      return noChanges;
    case changes:
      console.log(`${pc.yellow("changes")}     ${stack.name}`);
      console.log(indent(withoutReading(stdout)));
      return changes;
    default:
      console.log(`${pc.red("failed")}      ${stack.name}`);
      console.error(indent(withPlacesToMend((stderr || stdout).trim(), session.root, session.platform.name, stack)));
      return failed;
  }
}

/** A plan without a line for every resource that was looked at. */
function withoutReading(plan: string): string {
  return plan.replace(/^.*: (Refreshing state\.\.\.|Reading\.\.\.|Read complete).*\n/gm, "").trim();
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
