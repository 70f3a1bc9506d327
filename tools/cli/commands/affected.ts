import { Command, Option } from "commander";

import { environmentNames, requestedEnvironment } from "../../../config/load";
import { unknownEnvironment } from "../../../config/unknown-environment";
import { plural } from "../../../config/text";
import { type AffectedStack, affectedStacks, type ProjectContent, readContent } from "../../delivery/affected";
import { commitNamed, withWorktree } from "../../delivery/worktree";
import { writeOutput } from "../output-file";
import { projectRoot } from "../project";
import { UserError } from "../user-error";

interface AffectedOptions {
  readonly base: string;
  readonly head?: string;
  readonly environment?: string;
  readonly format: "text" | "json";
  readonly names?: string;
}

/** Reasons of a stack that are printed; JSON has them all. */
const shownReasons = 3;

export function affectedCommand(): Command {
  return new Command("affected")
    .summary("list the stacks that a change reaches, and why")
    .description("list the stacks that Terraform may do something else with than it did in a commit, and why")
    .requiredOption("--base <ref>", "commit to compare with, such as origin/main")
    .option("--head <ref>", "commit that is compared (default: the files as they are, with what is not committed)")
    .option("-e, --environment <name>", "environment to look at (default: $MLP_ENVIRONMENT, or sandbox)")
    .addOption(new Option("--format <format>", "how stacks are printed").choices(["text", "json"]).default("text"))
    .option("--names <file>", "write the stacks that are to be planned, one a line, for 'mlp plan --only'")
    .addHelpText(
      "after",
      "\nExit 0 no stack is affected, 2 some are, 1 an environment cannot be synthesised in one of the two.\n" +
        "The stacks are compared by what Terraform reads. The base is taken as it is: where it has moved on since your branch\n" +
        "began, name the commit where they parted (git merge-base origin/main HEAD).\n" +
        "A removed stack is listed, but is not in --names: nobody plans it any more; destroy it before it leaves the config.",
    )
    .action(async (options: AffectedOptions) => {
      process.exitCode = await affected(options);
    });
}

async function affected({ base: ref, head: headRef, format, names, ...options }: AffectedOptions): Promise<number> {
  const root = projectRoot();
  const environment = options.environment ?? requestedEnvironment(process.env);
  const [base, head] = [await commitNamed(root, ref), headRef === undefined ? null : await commitNamed(root, headRef)];
  const read = (commit: string) =>
    withWorktree(
      root,
      commit,
      (text) => console.error(text),
      (tree) => readContent(tree, environment, `commit ${commit.slice(0, 12)}`),
    );
  const before = await read(base);
  const after = head === null ? await readContent(root, environment, "the files as they are") : await read(head);
  requireEnvironment(root, environment, before, after);

  const stacks = affectedStacks(before, after);
  if (names !== undefined) {
    const planned = stacks.filter(({ change }) => change !== "removed");
    writeOutput(names, planned.map(({ name }) => `${name}\n`).join(""));
  }
  if (format === "json") {
    console.log(JSON.stringify({ format: 1, environment, base, head, stacks }, null, 2));
  } else {
    print(stacks, after.stacks?.size ?? 0);
  }
  return stacks.length === 0 ? 0 : 2;
}

/** A name that neither has is a slip of the pen, and not an environment without stacks. */
function requireEnvironment(root: string, name: string, before: ProjectContent, after: ProjectContent): void {
  if (before.stacks === undefined && after.stacks === undefined) {
    throw new UserError(unknownEnvironment(name, environmentNames(root)));
  }
}

function print(stacks: readonly AffectedStack[], all: number): void {
  const width = Math.max(...stacks.map(({ name }) => name.length));
  for (const { name, reasons } of stacks) {
    const more = reasons.length - shownReasons;
    const shown = [...reasons.slice(0, shownReasons), ...(more > 0 ? [`${more} more`] : [])];
    console.log(`${name.padEnd(width)}  ${shown.join("; ")}`);
  }
  const gone = stacks.filter(({ change }) => change === "removed").length;
  const removed = gone > 0 ? `, ${gone} removed: destroy what ${gone === 1 ? "it" : "they"} left by hand` : "";
  console.log(`${stacks.length - gone} of ${plural(all, "stack")} affected${removed}`);
}
