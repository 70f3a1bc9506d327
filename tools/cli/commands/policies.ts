import { Command } from "commander";

import { policies, stackPolicies } from "../../../policies/policies";
import { byId, policiesPage } from "../policies-page";

export function policiesCommand(): Command {
  return new Command("policies")
    .summary("list the policies, and why each is there")
    .description("list the policies: id, resource types, why, controls")
    .option("--markdown", "write the page docs/policies.md instead")
    .action((options: { markdown?: boolean }) => {
      if (options.markdown) {
        process.stdout.write(policiesPage());
        return;
      }
      for (const { id, types, why, controls = [] } of byId([...policies, ...stackPolicies])) {
        console.log(`${id}\n  ${why}\n  types: ${types.join(", ")}`);
        console.log(controls.length > 0 ? `  controls: ${controls.join(", ")}\n` : "");
      }
    });
}
