import { dirname, resolve } from "node:path";

import { Command, Option } from "commander";

import { readInputs } from "../../review/inputs";
import { exitCodes } from "../../review/review";
import { reviewPlans } from "../../review/review-plans";
import { severities, type Severity } from "../../review/severity";
import { run } from "../processes";
import { addOutputOptions, type OutputOptions, showReview } from "../review-output";
import { findTerraform, terraformEnvironment } from "../terraform";
import { UserError } from "../user-error";

interface Options extends OutputOptions {
  readonly environment?: string;
  readonly commit?: string;
  readonly failOn: Severity | "none";
}

export function reviewCommand(): Command {
  const command = new Command("review")
    .description(
      "review Terraform plans, the risks first: exit 0 no changes, 2 changes, 3 blocked, 1 a plan failed or is missing",
    )
    .argument("[plan...]", "folders of 'mlp plan', plan files, or what 'terraform show -json' printed", ["plans"])
    .addOption(
      new Option("--fail-on <severity>", "block where an open finding is this bad, or worse")
        .choices([...severities, "none"])
        .default("high"),
    )
    .option("--environment <name>", "environment that the plans are of")
    .option("--commit <sha>", "commit that the plans are of");
  return addOutputOptions(command).action(async (paths: string[], options: Options) => {
    const { stacks, set, planSetDigest } = await readInputs(paths, show);
    const review = reviewPlans(stacks, {
      environment: options.environment ?? set?.environment,
      commit: options.commit ?? set?.commit ?? undefined,
      planSetDigest,
      failOn: options.failOn === "none" ? undefined : options.failOn,
    });
    showReview(review, options);
    process.exitCode = exitCodes[review.outcome];
  });
}

/** Terraform must have been initialised where the plan is: it asks the providers what the values are. */
async function show(file: string): Promise<Buffer> {
  const terraform = await findTerraform(process.env);
  const { code, stdout, stderr } = await run(terraform.command, ["show", "-json", "-no-color", resolve(file)], {
    cwd: dirname(resolve(file)),
    env: terraformEnvironment(terraform, process.env),
  });
  if (code !== 0) {
    throw new UserError(
      `${file} cannot be shown: ${stderr.trim()}\nRun 'terraform init' in its folder first, or give what 'terraform show -json' printed`,
    );
  }
  return Buffer.from(stdout);
}
