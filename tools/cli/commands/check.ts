import { resolve } from "node:path";

import { Command } from "commander";

import { plural } from "../../../config/text";
import { acknowledge } from "../../../policies/acknowledge";
import { checkEnvironment, formatFinding } from "../../../policies/check";
import { acknowledgementsFor } from "../acknowledgements";
import { readStacks } from "../stack-files";
import { UserError } from "../user-error";

export function checkCommand(): Command {
  return new Command("check")
    .description("run the policies over synthesised stacks, also of other projects: exit 1 when one is broken")
    .argument("[dir]", "folder that holds stacks/<name>/cdk.tf.json", "cdktf.out")
    .action((dir: string) => {
      const { stacks, problems } = readStacks(resolve(dir));
      const today = new Date().toISOString().slice(0, 10);
      const names = stacks.map(({ name }) => name);
      const findings = acknowledge(
        checkEnvironment(stacks),
        acknowledgementsFor([resolve(dir), process.cwd()], names),
        today,
      );
      findings.map(formatFinding).forEach((line) => console.log(line));
      if (findings.length > 0 || problems.length > 0) {
        throw new UserError(
          [...problems, `${plural(findings.length, "finding")} in ${plural(stacks.length, "stack")}`].join("\n"),
        );
      }
      console.log(`no findings in ${plural(stacks.length, "stack")}`);
    });
}
