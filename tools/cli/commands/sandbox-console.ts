import { Command } from "commander";

import { CloudError } from "../../rollout/cloud-client";
import { LoopbackClient } from "../../rollout/loopback-client";
import { Lock } from "../../sandbox/lock";
import { openBrowser } from "../browser";
import { paceOption } from "../pace-option";
import { projectRoot } from "../project";
import { withOwnSession } from "../sandbox-session";
import { stay } from "../stay";
import { managedResources } from "../terraform-state";
import { UserError } from "../user-error";

interface ConsoleOptions {
  readonly open?: boolean;
  readonly pace: number;
}

export function consoleCommand(): Command {
  return new Command("console")
    .summary("print where the console is, or start one")
    .description(
      "print where the console of the running sandbox is; where none runs, start one without a deploy, and stay until Ctrl-C",
    )
    .option("--open", "show it in the browser")
    .addOption(paceOption())
    .action(async ({ open = false, pace }: ConsoleOptions) => {
      const show = (url: string) => (open ? openBrowser(url, process.env) : undefined);
      const url = await runningConsole(projectRoot());
      if (url === undefined) {
        await withOwnSession(
          async (session) => {
            if (managedResources(session.states).length === 0) {
              console.log("Nothing is deployed: 'mlp sandbox up' deploys the stacks.");
            }
            await stay(session, pace, show);
          },
          { pace },
        );
        return;
      }
      console.log(url);
      show(url);
    });
}

/** Address of the console of the sandbox that another process runs; `undefined` where none does. */
async function runningConsole(root: string): Promise<string | undefined> {
  const { apis } = new Lock(root).read() ?? {};
  const answer = apis === undefined ? undefined : await askFor(apis);
  if (answer?.url === null) {
    throw new UserError(
      "the sandbox that runs has no console yet: 'mlp sandbox up' opens it once the stacks are deployed",
    );
  }
  return answer?.url;
}

/** What a sandbox that was killed left behind may be answered by nobody, or by somebody else. */
async function askFor(apis: string): Promise<{ readonly url?: string | null } | undefined> {
  try {
    return (await new LoopbackClient(apis).call("GET", "https://sandbox/v1/console")) as { url?: string | null };
  } catch (error) {
    if (error instanceof CloudError) {
      return undefined;
    }
    throw error;
  }
}
