import { Command } from "commander";

import { readInputs } from "../../review/inputs";
import { reviewExits, type ReviewOptions, showPlan, showReview, withReviewOptions } from "../show-review";

export function reviewCommand(): Command {
  return withReviewOptions(new Command("review"))
    .description(`review Terraform plans, the risks first: ${reviewExits}`)
    .argument("[plan...]", "folders of 'mlp plan', plan files, or what 'terraform show -json' printed", ["plans"])
    .option("--environment <name>", "environment that the plans are of")
    .option("--commit <sha>", "commit that the plans are of")
    .action(async (paths: string[], options: ReviewOptions) => {
      showReview(await readInputs(paths, showPlan), options);
    });
}
