import { resolve } from "node:path";

import { Command, Option } from "commander";

import { plural } from "../../../config/text";
import { acknowledge } from "../../../policies/acknowledge";
import { checkEnvironment, formatFinding } from "../../../policies/check";
import { acknowledgementsFor } from "../acknowledgements";
import { readStacks } from "../stack-files";
import { UserError } from "../user-error";

export function checkCommand(): Command {
  return new Command("check")
    .summary("run the policies over synthesised stacks")
    .description("run the policies over synthesised stacks, also of other projects: exit 1 when one is broken")
    .argument("[dir]", "folder that holds stacks/<name>/cdk.tf.json", "cdktf.out")
    .addOption(new Option("--format <format>", "how findings are printed").choices(["text", "json"]).default("text"))
    .action((dir: string, { format }: { format: "text" | "json" }) => {
      const { stacks, unreadable } = readStacks(resolve(dir));
      const today = new Date().toISOString().slice(0, 10);
      const names = stacks.map(({ name }) => name);
      const acknowledgements = acknowledgementsFor([resolve(dir), process.cwd()], names);
      const findings = [...unreadable, ...acknowledge(checkEnvironment(stacks), acknowledgements, today)];
      const looked = plural(stacks.length + unreadable.length, "stack");
      if (format === "json") {
        console.log(JSON.stringify(findings, null, 2));
      } else {
        findings.map(formatFinding).forEach((line) => console.log(line));
      }
      if (findings.length > 0) {
        throw new UserError(`${plural(findings.length, "finding")} in ${looked}`);
      }
      if (format === "text") {
        console.log(`no findings in ${looked}`);
      }
    });
}
