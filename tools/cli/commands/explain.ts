import { Command } from "commander";

import { explain, requestedEnvironment } from "../../../config/load";
import { formatExplanation } from "../../../config/explain";
import { projectRoot } from "../project";
import { UserError } from "../user-error";

export function explainCommand(): Command {
  return new Command("explain")
    .summary("say which file a setting comes from")
    .description("say which file a setting comes from, and what it was preferred to")
    .argument("<path>", "such as environment.region or teams.churn.contactEmail")
    .option("-e, --environment <name>", "environment to look in (default: $MLP_ENVIRONMENT, or sandbox)")
    .action((path: string, options: { environment?: string }) => {
      const environment = options.environment ?? requestedEnvironment(process.env);
      const result = explain(projectRoot(), environment, path);
      if (!result.ok) {
        throw new UserError(result.message);
      }
      console.log(result.explanations.map(formatExplanation).join("\n"));
    });
}
