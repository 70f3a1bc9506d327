import { Command } from "commander";

import { Cloud } from "../../sandbox/cloud";
import { projectRoot } from "../project";
import { findManaged, type ManagedResource, managedResources, sandboxStateFolder } from "../terraform-state";
import { UserError } from "../user-error";

export function showCommand(): Command {
  return new Command("show")
    .summary("list what is deployed, or show one resource")
    .description("list what is deployed to the sandbox, or show one resource as the sandbox holds it")
    .argument("[address]", "Terraform address, such as google_pubsub_topic.Events_1A2B3C4D")
    .action((address: string | undefined) => {
      const root = projectRoot();
      const resources = managedResources(sandboxStateFolder(root));
      if (address === undefined) {
        console.log(
          resources.length === 0 ? "Nothing is deployed: 'mlp sandbox up' deploys the stacks." : list(resources),
        );
        return;
      }
      const { type, id } = findManaged(resources, address);
      const resource = new Cloud(root).get(type, id);
      if (resource === undefined) {
        throw new UserError(`'${address}' is gone from the sandbox: a deploy makes it again`);
      }
      console.log(
        JSON.stringify(resource.values, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value), 2),
      );
    });
}

/** Addresses below the names of their stacks. */
function list(resources: readonly ManagedResource[]): string {
  return [...new Set(resources.map(({ stack }) => stack))]
    .flatMap((stack) => [
      stack,
      ...resources.filter((resource) => resource.stack === stack).map(({ address }) => `  ${address}`),
    ])
    .join("\n");
}
