import { join, relative } from "node:path";

import Table from "cli-table3";
import { Command } from "commander";
import pc from "picocolors";

import { loadPlatform } from "../../../config/load";
import type { PlatformConfig } from "../../../config/platform";
import { Executions } from "../../rollout/executions";
import { LoopbackClient } from "../../rollout/loopback-client";
import { teamNames } from "../../rollout/names";
import { Registry } from "../../rollout/registry";
import { Rollouts } from "../../rollout/rollouts";
import type { Sandbox } from "../../sandbox/sandbox";
import { openConsole } from "../console";
import { demoFolder, deployDemo } from "../demo/deploy";
import { interruptible } from "../demo/interruptible-client";
import { LiveScreen } from "../demo/live-screen";
import { type Chapter, Story, summaryRow } from "../demo/story";
import { holdInterruptions, interruption } from "../interruption";
import { projectRoot } from "../project";
import { sandboxEnvironment } from "../sandbox-environment";
import { sandboxStateFolder } from "../terraform-state";
import { UserError } from "../user-error";

export function demoCommand(): Command {
  return new Command("demo")
    .summary("watch one version win and one be taken back")
    .description("see a good version of a model win all traffic, and a bad one taken back, in a sandbox of its own")
    .option("--exit", "leave at the end")
    .action(async ({ exit = false }: { exit?: boolean }) => {
      const release = holdInterruptions();
      try {
        await demo(projectRoot(), exit);
      } finally {
        release();
      }
    });
}

async function demo(root: string, exit: boolean): Promise<void> {
  const started = performance.now();
  const screen = new LiveScreen();
  const platform = platformOf(root);
  const { team, model } = firstModel(platform);
  const folder = await demoFolder(root);

  screen.print(pc.bold("1. The platform is deployed, with Terraform, to a Google Cloud of its own on this machine"));
  const sandbox = await deployDemo(root, folder, platform, (line) => screen.print(line));
  const states = join(folder, relative(root, sandboxStateFolder(root)));
  const page = await openConsole(sandbox.runtime!, platform.environment.project, states);
  try {
    screen.print(`  Google's APIs answer at ${sandbox.apis!}`);
    screen.print(`  ${pc.bold(`Watch it in a browser: ${page.url}`)}`);
    const chapters = await tell(sandbox, platform, team, model, screen);
    screen.print(`\n${summary(chapters)}`);
    screen.print(
      `The demo took ${Math.round((performance.now() - started) / 1_000)} s. Its sandbox is in .sandbox/demo.`,
    );
    screen.print(suggestions(team, model));
    if (!exit) {
      screen.print("\nThe demo's sandbox runs until you press Ctrl-C.");
      await interruption();
    }
  } finally {
    screen.show("");
    await page.close();
    await sandbox.close();
  }
}

async function tell(
  sandbox: Sandbox,
  platform: PlatformConfig,
  team: string,
  model: string,
  screen: LiveScreen,
): Promise<Chapter[]> {
  const { environment } = platform;
  const client = interruptible(new LoopbackClient(sandbox.apis!));
  const names = teamNames(environment, team);
  const rollouts = new Rollouts(client, names, environment.region, model, 50);
  const registry = new Registry(client, new Executions(client, names, 50), names);
  const { clock } = sandbox.runtime!;
  const policy = await rollouts.policy();
  const setPace = (pace: number) => (clock.pace = pace);
  const story = new Story({ client, rollouts, registry, names, model, policy, screen, setPace });
  const calls = { rps: 50, errors: { "*": 0.002 }, latencyMean: 60 };

  screen.print(pc.bold(`\n2. The first version of ${team}/${model}: nobody to compare it with, it gets all traffic`));
  const first = await story.rollOut(calls);
  screen.print(pc.bold("\n3. A good version: 50 requests a second, and it is as fast and as right as the old one"));
  const good = await story.rollOut(calls);
  screen.print(
    pc.bold("\n4. A bad version: its evaluation is as good, but each answer takes a fifth of a second more"),
  );
  const bad = await story.rollOut({ ...calls, latency: { challenger: 200 } });
  clock.pace = 60;
  return [first, good, bad];
}

function platformOf(root: string): PlatformConfig {
  const loaded = loadPlatform(root, sandboxEnvironment);
  if (!loaded.ok) {
    throw new UserError(loaded.problems.join("\n"));
  }
  return loaded.platform;
}

function firstModel({ name, teams }: PlatformConfig): { team: string; model: string } {
  for (const [team, { serving }] of Object.entries(teams)) {
    const [model] = Object.keys(serving.models);
    if (model !== undefined) {
      return { team, model };
    }
  }
  throw new UserError(`environment '${name}' has no model to roll out: add one under 'serving.models' of a team.yaml`);
}

function summary(chapters: readonly Chapter[]): string {
  const table = new Table({
    head: ["version", "ended", "simulated time", "decisions", "because"],
    colAligns: ["left", "left", "right", "right", "left"],
    style: { head: [], border: [], compact: true },
  });
  table.push(...chapters.map(summaryRow));
  return table.toString();
}

function suggestions(team: string, model: string): string {
  return `
What to try next:
  npx mlp sandbox up
      a sandbox that stays, at a minute per second: then, in another terminal,
  npx mlp sandbox train ${team}/${model}
      a version that passes the gates: 'mlp rollout start ${team}/${model}' rolls it out
  npx mlp rollout status ${team}/${model}
      where a rollout stands, and who must act
  npx mlp sandbox traffic ${team}/${model} --rps 50 --errors challenger=4%
      who calls the model, and how that goes
  teams/${team}/team.yaml
      stages, limits and approvers of the rollout: 'mlp sandbox plan' shows what a change does`;
}
