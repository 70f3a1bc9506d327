import { Command, Option } from "commander";

import { readInputs } from "../../review/inputs";
import { reviewRules } from "../../review/rules/rules";
import { reviewRulesPage, reviewRuleText } from "../review-rules-page";
import { reviewExits, type ReviewOptions, showPlan, showReview, withReviewOptions } from "../show-review";

interface Options extends ReviewOptions {
  readonly rules?: true | "text" | "markdown";
}

export function reviewCommand(): Command {
  return withReviewOptions(new Command("review"))
    .summary("review Terraform plans, the risks first")
    .description(`review Terraform plans, the risks first: ${reviewExits}`)
    .argument("[plan...]", "folders of 'mlp plan', plan files, or what 'terraform show -json' printed", ["plans"])
    .option("--environment <name>", "environment that the plans are of")
    .option("--commit <sha>", "commit that the plans are of")
    .addOption(
      new Option("--rules [format]", "list the rules instead, or write the page docs/review-rules.md").choices([
        "text",
        "markdown",
      ]),
    )
    .action(async (paths: string[], options: Options) => {
      if (options.rules !== undefined) {
        process.stdout.write(
          options.rules === "markdown" ? reviewRulesPage() : `${reviewRules.map(reviewRuleText).join("\n")}\n`,
        );
        return;
      }
      const inputs = await readInputs(paths, showPlan);
      const { planSetDigest } = inputs;
      const applyWith = planSetDigest && `npx mlp apply ${paths[0]!} --digest ${planSetDigest}`;
      showReview(inputs, options, applyWith);
    });
}
