import { Command } from "commander";

import { runInteractively } from "../processes";
import { withSession } from "../sandbox-session";

export function execCommand(): Command {
  return new Command("exec")
    .description(
      "run a command with Terraform pointed at the sandbox, such as: mlp sandbox exec -- npx cdktf diff STACK",
    )
    .argument("<command...>", "the command and its arguments, after --")
    .passThroughOptions()
    .action(async ([command, ...args]: [string, ...string[]]) => {
      process.exitCode = await withSession((session) => runInteractively(command, args, session.childEnv()));
    });
}
