import { Command } from "commander";

import { rules } from "../../sandbox/rules/rules";
import { ruleText, rulesPage } from "../rules-page";

export function rulesCommand(): Command {
  return new Command("rules")
    .description("list what the sandbox refuses: id, why, source")
    .option("--markdown", "write the page docs/sandbox-rules.md instead")
    .action((options: { markdown?: boolean }) => {
      process.stdout.write(options.markdown ? rulesPage() : rules.map(ruleText).join("\n"));
    });
}
