import { Command } from "commander";
import pc from "picocolors";

import { run } from "../processes";
import { sandboxEnvironment } from "../sandbox-environment";
import { type SandboxSession, withSession } from "../sandbox-session";
import { synthesise, type SynthesisedStack } from "../synth";
import { withPlacesToMend } from "../terraform-errors";
import { managedResources, orphans } from "../terraform-state";

/** Exit codes of `terraform plan -detailed-exitcode`, and of this command. */
const noChanges = 0;
const failed = 1;
const changes = 2;

export function planCommand(): Command {
  return new Command("plan")
    .description("plan every stack against what the sandbox holds; exit 0 no changes, 2 changes, 1 failed")
    .action(async () => {
      process.exitCode = await withSession(async (session) => {
        const codes: number[] = [];
        const stacks = await synthesise(session.root, sandboxEnvironment);
        for (const stack of stacks) {
          codes.push(await plan(session, stack));
        }
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

async function plan(session: SandboxSession, stack: SynthesisedStack): Promise<number> {
  const { name, folder } = stack;
  const terraform = (args: readonly string[]) =>
    run(session.terraform.command, args, { cwd: folder, env: session.childEnv() });

  const init = await terraform(["init", "-input=false", "-no-color"]);
  const planned = init.code === 0 ? await terraform(["plan", "-input=false", "-no-color", "-detailed-exitcode"]) : init;
  switch (init.code === 0 ? planned.code : failed) {
    case noChanges:
      console.log(`${pc.green("no changes")}  ${name}`);
      return noChanges;
    case changes:
      console.log(`${pc.yellow("changes")}     ${name}`);
      console.log(indent(withoutReading(planned.stdout)));
      return changes;
    default:
      console.log(`${pc.red("failed")}      ${name}`);
      console.error(
        indent(withPlacesToMend((planned.stderr || planned.stdout).trim(), session.root, session.platform.name, stack)),
      );
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
