import { Command } from "commander";

import { iamDelayOption } from "../iam-delay-option";
import { runInteractively } from "../processes";
import { type SessionOptions, withSession } from "../sandbox-session";

export function execCommand(): Command {
  return new Command("exec")
    .summary("run a command with Terraform pointed at it")
    .description(
      "run a command with Terraform pointed at the sandbox, such as: mlp sandbox exec -- npx cdktf diff STACK",
    )
    .argument("<command...>", "the command and its arguments, after --")
    .addOption(iamDelayOption())
    .passThroughOptions()
    .action(async ([command, ...args]: [string, ...string[]], options: SessionOptions) => {
      process.exitCode = await withSession((session) => runInteractively(command, args, session.childEnv()), options);
    });
}
