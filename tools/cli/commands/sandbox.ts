import { Command } from "commander";

import { downCommand } from "./sandbox-down";
import { execCommand } from "./sandbox-exec";
import { planCommand } from "./sandbox-plan";
import { rulesCommand } from "./sandbox-rules";
import { setCommand } from "./sandbox-set";
import { showCommand } from "./sandbox-show";
import { trafficCommand } from "./sandbox-traffic";
import { trainCommand } from "./sandbox-train";
import { upCommand } from "./sandbox-up";

export function sandboxCommand(): Command {
  return new Command("sandbox")
    .enablePositionalOptions()
    .description("a local stand-in for Google Cloud: no account, no credentials, no network")
    .addCommand(upCommand())
    .addCommand(planCommand())
    .addCommand(downCommand())
    .addCommand(execCommand())
    .addCommand(showCommand())
    .addCommand(setCommand())
    .addCommand(trainCommand())
    .addCommand(trafficCommand())
    .addCommand(rulesCommand());
}
