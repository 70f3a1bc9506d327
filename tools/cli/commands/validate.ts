import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Command } from "commander";
import pc from "picocolors";

import { requestedEnvironment } from "../../../config/load";
import { run } from "../processes";
import { projectRoot } from "../project";
import { synthesise, type SynthesisedStack } from "../synth";
import { findTerraform, type Terraform, terraformEnvironment } from "../terraform";
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
        let failed = 0;
        for (const stack of stacks) {
          const problem = await validate(terraform, stack);
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

async function validate(terraform: Terraform, { folder }: SynthesisedStack): Promise<string | undefined> {
  const env = terraformEnvironment(terraform, process.env);
  for (const args of [
    ["init", "-backend=false", "-input=false", "-no-color"],
    ["validate", "-no-color"],
  ]) {
    const { code, stdout, stderr } = await run(terraform.command, args, { cwd: folder, env });
    if (code !== 0) {
      const problem = (stderr || stdout).trimEnd();
      if (/Failed to (query available provider packages|install provider)/.test(problem)) {
        throw new UserError(`${problem}\nnothing was validated: Terraform could not get the provider`);
      }
      return problem;
    }
  }
  return undefined;
}
