import { Command } from "commander";

import { LoopbackClient } from "../../rollout/loopback-client";
import { FileStore } from "../../sandbox/apis/store";
import { Cloud } from "../../sandbox/cloud";
import { Creations } from "../../sandbox/creations";
import { Sandbox } from "../../sandbox/sandbox";
import { runCdktf } from "../deployment";
import { destroyOrphan } from "../orphan";
import { projectRoot } from "../project";
import { sandboxEnvironment } from "../sandbox-environment";
import { type SandboxSession, withSession } from "../sandbox-session";
import { synthesise, type SynthesisedStack } from "../synth";
import { type ManagedResource, managedResources, orphans, removeStates, sandboxStateFolder } from "../terraform-state";
import { undeployModels } from "../undeploy";
import { UserError } from "../user-error";

/** Simulated seconds per real one: models take minutes to undeploy. */
const hurried = 3_600;

export function downCommand(): Command {
  return new Command("down")
    .summary("destroy every stack, then forget the project")
    .description("destroy every stack, then forget the project, as deleting a project does")
    .option(
      "--orphans",
      "only destroy stacks that are deployed but declared no more, such as those of a team that left",
    )
    .option("--wipe", "only forget the project and Terraform's state, without destroying anything")
    .action(async (options: { orphans?: boolean; wipe?: boolean }) => {
      const root = projectRoot();
      if (!options.wipe) {
        await withSession(
          async (session) => {
            const stacks = await synthesise(session.root, sandboxEnvironment);
            await destroyOrphans(session, stacks);
            if (!options.orphans) {
              await destroy(session, stacks);
            }
          },
          { pace: hurried },
        );
      }
      if (!options.orphans) {
        await forget(root);
      }
    });
}

async function destroyOrphans(session: SandboxSession, stacks: readonly SynthesisedStack[]): Promise<void> {
  const resources = managedResources(session.states);
  const declared = stacks.map(({ name }) => name);
  // The last by name first: a team's registry uses its pipelines, and they its ingestion.
  for (const stack of orphans(resources, declared).sort().reverse()) {
    const doomed = resources.filter((resource) => resource.stack === stack);
    await undeploy(session, doomed);
    await destroyOrphan(session, stack);
    console.log(`${stack}  ${doomed.length} destroyed`);
  }
}

async function destroy(session: SandboxSession, stacks: readonly SynthesisedStack[]): Promise<void> {
  const before = managedResources(session.states).length;
  if (before === 0) {
    return;
  }
  await undeploy(session, managedResources(session.states));
  await runCdktf("destroy", session, stacks);
  const left = managedResources(session.states);
  if (left.length > 0) {
    throw new UserError(
      `${left.length} resources are left, such as ${left[0]!.stack}/${left[0]!.address}: 'mlp sandbox plan' shows why`,
    );
  }
  console.log(`Destroyed ${before} resources.`);
}

async function undeploy({ root, sandbox }: SandboxSession, resources: readonly ManagedResource[]): Promise<void> {
  if (sandbox.apis === undefined) {
    throw new UserError("another command of mlp works with the sandbox: wait for its end, then run this again");
  }
  await undeployModels(root, new LoopbackClient(sandbox.apis), resources, (line) => console.log(line));
}

/** A sandbox that runs forgets by itself: it holds in memory what its files say. */
async function forget(root: string): Promise<void> {
  const running = await Sandbox.attach(root);
  if (running?.apis === undefined) {
    new FileStore(root).clear();
  } else {
    await new LoopbackClient(running.apis).call("POST", "https://sandbox/v1/forget");
  }
  await running?.close();
  new Cloud(root).forget();
  new Creations(root).forget();
  removeStates(sandboxStateFolder(root));
  console.log("The sandbox is empty.");
}
