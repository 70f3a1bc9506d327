import { Command } from "commander";

import { Cloud } from "../../sandbox/cloud";
import { Creations } from "../../sandbox/creations";
import { runCdktf } from "../deployment";
import { destroyOrphan } from "../orphan";
import { projectRoot } from "../project";
import { sandboxEnvironment } from "../sandbox-environment";
import { type SandboxSession, withSession } from "../sandbox-session";
import { synthesise, type SynthesisedStack } from "../synth";
import { managedResources, orphans, removeStates, sandboxStateFolder } from "../terraform-state";
import { UserError } from "../user-error";

export function downCommand(): Command {
  return new Command("down")
    .description("destroy every stack, then forget the project, as deleting a project does")
    .option(
      "--orphans",
      "only destroy stacks that are deployed but declared no more, such as those of a team that left",
    )
    .option("--wipe", "only forget the project and Terraform's state, without destroying anything")
    .action(async (options: { orphans?: boolean; wipe?: boolean }) => {
      if (!options.wipe) {
        await withSession(async (session) => {
          const stacks = await synthesise(session.root, sandboxEnvironment);
          await destroyOrphans(session, stacks);
          if (!options.orphans) {
            await destroy(session, stacks);
          }
        });
      }
      if (!options.orphans) {
        forget(projectRoot());
      }
    });
}

async function destroyOrphans(session: SandboxSession, stacks: readonly SynthesisedStack[]): Promise<void> {
  const resources = managedResources(session.states);
  const declared = stacks.map(({ name }) => name);
  // The last by name first: a team's registry uses its pipelines, and they its ingestion.
  for (const stack of orphans(resources, declared).sort().reverse()) {
    await destroyOrphan(session, stack);
    console.log(`${stack}  ${resources.filter((resource) => resource.stack === stack).length} destroyed`);
  }
}

async function destroy(session: SandboxSession, stacks: readonly SynthesisedStack[]): Promise<void> {
  const before = managedResources(session.states).length;
  if (before === 0) {
    return;
  }
  await runCdktf("destroy", session, stacks);
  const left = managedResources(session.states);
  if (left.length > 0) {
    throw new UserError(
      `${left.length} resources are left, such as ${left[0]!.stack}/${left[0]!.address}: 'mlp sandbox plan' shows why`,
    );
  }
  console.log(`Destroyed ${before} resources.`);
}

function forget(root: string): void {
  new Cloud(root).forget();
  new Creations(root).forget();
  removeStates(sandboxStateFolder(root));
  console.log("The sandbox is empty.");
}
