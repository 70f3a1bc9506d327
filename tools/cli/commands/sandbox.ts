import { Command } from "commander";

import { consoleCommand } from "./sandbox-console";
import { downCommand } from "./sandbox-down";
import { execCommand } from "./sandbox-exec";
import { faultsCommand } from "./sandbox-faults";
import { planCommand } from "./sandbox-plan";
import { reviewCommand } from "./sandbox-review";
import { rulesCommand } from "./sandbox-rules";
import { setCommand } from "./sandbox-set";
import { showCommand } from "./sandbox-show";
import { trafficCommand } from "./sandbox-traffic";
import { trainCommand } from "./sandbox-train";
import { upCommand } from "./sandbox-up";

export function sandboxCommand(): Command {
  return new Command("sandbox")
    .enablePositionalOptions()
    .summary("a local stand-in for Google Cloud")
    .description("a local stand-in for Google Cloud: no account, no credentials, no network")
    .addCommand(upCommand())
    .addCommand(planCommand())
    .addCommand(reviewCommand())
    .addCommand(downCommand())
    .addCommand(execCommand())
    .addCommand(showCommand())
    .addCommand(setCommand())
    .addCommand(trainCommand())
    .addCommand(trafficCommand())
    .addCommand(faultsCommand())
    .addCommand(consoleCommand())
    .addCommand(rulesCommand());
}
