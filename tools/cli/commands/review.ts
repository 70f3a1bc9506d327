import { dirname, resolve } from "node:path";

import { Command } from "commander";

import { readInputs } from "../../review/inputs";
import { run } from "../processes";
import { reviewExits, type ReviewOptions, showReview, withReviewOptions } from "../show-review";
import { findTerraform, terraformEnvironment } from "../terraform";
import { UserError } from "../user-error";

export function reviewCommand(): Command {
  return withReviewOptions(new Command("review"))
    .description(`review Terraform plans, the risks first: ${reviewExits}`)
    .argument("[plan...]", "folders of 'mlp plan', plan files, or what 'terraform show -json' printed", ["plans"])
    .option("--environment <name>", "environment that the plans are of")
    .option("--commit <sha>", "commit that the plans are of")
    .action(async (paths: string[], options: ReviewOptions) => {
      showReview(await readInputs(paths, show), options);
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
