import { Command } from "commander";
import pc from "picocolors";

import { planCode, runTerraformPlans } from "../../delivery/terraform-plans";
import type { Outcome } from "../processes";
import { sandboxEnvironment } from "../sandbox-environment";
import { type SandboxSession, withSession } from "../sandbox-session";
import { synthesise, type SynthesisedStack } from "../synth";
import { withPlacesToMend } from "../terraform-errors";
import { managedResources, orphans } from "../terraform-state";

export function planCommand(): Command {
  return new Command("plan")
    .summary("plan every stack against what it holds")
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
          codes.push(planCode.changes);
        }
        return [planCode.failed, planCode.changes].find((code) => codes.includes(code)) ?? planCode.noChanges;
      });
    });
}

async function planAll(session: SandboxSession, stacks: readonly SynthesisedStack[]): Promise<number[]> {
  const codes: number[] = [];
  await runTerraformPlans({
    stacks,
    terraform: session.terraform,
    env: session.childEnv,
    onDone: (stack, outcome) => codes.push(report(session, stack, outcome)),
  });
  return codes;
}

function report(session: SandboxSession, stack: SynthesisedStack, { code, stdout, stderr }: Outcome): number {
  switch (code) {
    case planCode.noChanges:
      console.log(`${pc.green("no changes")}  ${stack.name}`);
      return code;
    case planCode.changes:
      console.log(`${pc.yellow("changes")}     ${stack.name}`);
      console.log(indent(withoutReading(stdout)));
      return code;
    default:
      console.log(`${pc.red("failed")}      ${stack.name}`);
      console.error(indent(withPlacesToMend((stderr || stdout).trim(), session.root, session.platform.name, stack)));
      return planCode.failed;
  }
}

/** A plan without a line for every resource that was looked at. */
function withoutReading(plan: string): string {
  return plan.replace(/^.*: (Refreshing state\.\.\.|Reading\.\.\.|Read complete).*\n/gm, "").trim();
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
