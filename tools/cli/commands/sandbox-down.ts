import { rmSync } from "node:fs";

import { Command } from "commander";

import { Cloud } from "../../sandbox/cloud";
import { runCdktf } from "../deployment";
import { sandboxEnvironment, type SandboxSession, withSession } from "../sandbox-session";
import { synthesise } from "../synth";
import { managedResources, stateFolder } from "../terraform-state";
import { UserError } from "../user-error";

export function downCommand(): Command {
  return new Command("down")
    .description("destroy every stack, then forget the project, as deleting a project does")
    .option("--wipe", "only forget the project and Terraform's state, without destroying anything")
    .action(async (options: { wipe?: boolean }) => {
      await withSession(async (session) => {
        const folder = stateFolder(session.root, session.platform);
        if (!options.wipe) {
          await destroy(session, folder);
        }
        new Cloud(session.root).forget();
        rmSync(folder, { recursive: true, force: true });
        console.log("The sandbox is empty.");
      });
    });
}

async function destroy(session: SandboxSession, folder: string): Promise<void> {
  const before = managedResources(folder).length;
  if (before === 0) {
    return;
  }
  await runCdktf("destroy", session, await synthesise(session.root, sandboxEnvironment));
  const left = managedResources(folder);
  if (left.length > 0) {
    throw new UserError(`${left.length} resources are left, such as ${left[0]!.address}: 'mlp sandbox plan' shows why`);
  }
  console.log(`Destroyed ${before} resources.`);
}
