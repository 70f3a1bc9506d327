import { Command } from "commander";

import { approveCommand } from "./rollout-approve";
import { historyCommand } from "./rollout-history";
import { rollbackCommand } from "./rollout-rollback";
import { startCommand } from "./rollout-start";
import { statusCommand } from "./rollout-status";

export function rolloutCommand(): Command {
  return new Command("rollout")
    .summary("bring a new version to all traffic, or back")
    .description("bring a new version of a model to all traffic, or back: in the sandbox and in Google Cloud")
    .addCommand(startCommand())
    .addCommand(statusCommand())
    .addCommand(approveCommand())
    .addCommand(rollbackCommand())
    .addCommand(historyCommand());
}
