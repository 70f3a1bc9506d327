import Table from "cli-table3";
import { Command } from "commander";

import { Cloud } from "../../sandbox/cloud";
import { runCdktf, type StackResult } from "../deployment";
import { iamDelayOption } from "../iam-delay-option";
import { paceOption } from "../pace-option";
import { sandboxEnvironment } from "../sandbox-environment";
import { type SandboxSession, type SessionOptions, withOwnSession } from "../sandbox-session";
import { stay } from "../stay";
import { synthesise } from "../synth";
import { managedResources, orphans } from "../terraform-state";

export function upCommand(): Command {
  return new Command("up")
    .summary("start it, deploy every stack, stay until Ctrl-C")
    .description("start the sandbox, deploy every stack of environment 'sandbox', and stay until Ctrl-C")
    .option("--exit", "leave after the deploy")
    .addOption(paceOption())
    .addOption(iamDelayOption())
    .action(async (options: { exit?: boolean; pace: number } & SessionOptions) => {
      await withOwnSession(async (session) => {
        const started = Date.now();
        const stacks = await synthesise(session.root, sandboxEnvironment);
        const results = await runCdktf("deploy", session, stacks);
        console.log(summary(session, results, (Date.now() - started) / 1000));
        console.log(suggestions(session, !options.exit));
        if (!options.exit) {
          await stay(session, options.pace);
        }
      }, options);
    });
}

/** What was deployed, as a table. */
function summary(session: SandboxSession, results: readonly StackResult[], seconds: number): string {
  const resources = managedResources(session.states);
  const table = new Table({
    head: ["stack", "resources", "done", "seconds"],
    colAligns: ["left", "right", "left", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const { stack, summary: done, seconds: took } of results) {
    const count = resources.filter((resource) => resource.stack === stack).length;
    table.push([stack, count, done, took.toFixed(1)]);
  }
  const left = orphans(
    resources,
    results.map(({ stack }) => stack),
  );
  for (const stack of left) {
    const count = resources.filter((resource) => resource.stack === stack).length;
    table.push([stack, count, "declared no more", ""]);
  }
  table.push(["all", resources.length, "", seconds.toFixed(1)]);

  const unknown = Object.entries(new Cloud(session.root).countWithoutFacts());
  const types = unknown.map(([type, count]) => `${count} ${type}`).join(", ");
  return [
    table.toString(),
    ...(left.length > 0 ? ["'mlp sandbox down --orphans' destroys what is declared no more."] : []),
    ...(unknown.length > 0 ? [`Deployed without knowing how Google behaves: ${types}`] : []),
  ].join("\n");
}

/** Commands that a newcomer may want next, with an address that exists. */
function suggestions(session: SandboxSession, stays: boolean): string {
  const resources = managedResources(session.states);
  const topic = resources.find(({ type }) => type === "google_pubsub_topic");
  const address = topic ? `${topic.stack}/${topic.address}` : "ADDRESS";
  return `
What to try next${stays ? ", in another terminal" : ""}:
  npx mlp sandbox plan
      nothing should change
  npx mlp sandbox show
      lists what was deployed
  npx mlp sandbox set ${address} message_retention_duration=86400s
      changes a resource behind Terraform's back: plan again
  npx mlp sandbox exec -- npx cdktf diff ${resources[0]?.stack ?? "STACK"}
      runs any command with Terraform pointed at the sandbox
  npx mlp sandbox down
      destroys everything`;
}
