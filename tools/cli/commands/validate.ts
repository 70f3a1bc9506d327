import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Command } from "commander";
import pc from "picocolors";

import { requestedEnvironment } from "../../../config/load";
import { validateStack } from "../../delivery/validate-stack";
import { projectRoot } from "../project";
import { synthesise } from "../synth";
import { findTerraform, terraformEnvironment } from "../terraform";
import { UserError } from "../user-error";

export function validateCommand(): Command {
  return new Command("validate")
    .summary("run 'terraform validate' on every stack")
    .description(
      "run 'terraform validate' on every stack of an environment, with the real provider and without a state",
    )
    .option("-e, --environment <name>", "environment to validate (default: $MLP_ENVIRONMENT, or sandbox)")
    .action(async (options: { environment?: string }) => {
      const root = projectRoot();
      const terraform = await findTerraform(process.env);
      const output = mkdtempSync(join(tmpdir(), "mlp-validate-"));
      try {
        const environment = options.environment ?? requestedEnvironment(process.env);
        const stacks = await synthesise(root, environment, output);
        const env = terraformEnvironment(terraform, process.env);
        let failed = 0;
        for (const stack of stacks) {
          const problem = await validateStack(terraform, stack, env);
          console.log(
            problem === undefined ? `${pc.green("valid")}   ${stack.name}` : `${pc.red("invalid")} ${stack.name}`,
          );
          if (problem !== undefined) {
            failed += 1;
            console.error(problem);
          }
        }
        if (failed > 0) {
          throw new UserError(`${failed} of ${stacks.length} stacks are not valid`);
        }
      } finally {
        rmSync(output, { recursive: true, force: true });
      }
    });
}
