import { Command } from "commander";

import { Cloud } from "../../sandbox/cloud";
import { projectRoot } from "../project";
import { sandboxPlatform } from "../sandbox-session";
import { findManaged, managedResources, stateFolder } from "../terraform-state";
import { UserError } from "../user-error";

export function setCommand(): Command {
  return new Command("set")
    .description("change a resource behind Terraform's back, as somebody in the console would: the next plan shows it")
    .argument("<address>", "Terraform address, such as google_pubsub_topic.Events_1A2B3C4D")
    .argument(
      "<key=value>",
      "such as message_retention_duration=86400s or labels.owner=somebody; true, false and numbers are such",
    )
    .action((address: string, assignment: string) => {
      const root = projectRoot();
      const [, key, value] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
      if (key === undefined || value === undefined) {
        throw new UserError(`'${assignment}' must be KEY=VALUE, such as labels.owner=somebody`);
      }
      const { type, id } = findManaged(managedResources(stateFolder(root, sandboxPlatform(root))), address);
      try {
        new Cloud(root).set(type, id, key, parse(value));
      } catch (error) {
        throw new UserError((error as Error).message);
      }
      console.log(`${address}: ${key} is now ${value}`);
    });
}

function parse(value: string): string | number | boolean | null {
  return /^(true|false|null|-?\d+(\.\d+)?)$/.test(value) ? (JSON.parse(value) as number | boolean | null) : value;
}
