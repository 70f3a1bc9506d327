import { createInterface } from "node:readline/promises";

import { Command } from "commander";
import pc from "picocolors";

import { plural } from "../../../config/text";
import { type StackApplied, applyStacks } from "../../delivery/apply-stacks";
import { commitOf } from "../../delivery/commit";
import { projectLock } from "../../delivery/lock-file";
import { type PlanSet, readPlanSet } from "../../delivery/plan-set";
import { refusals } from "../../delivery/refusals";
import { planConcurrency } from "../../delivery/terraform-plans";
import { holdInterruptions } from "../interruption";
import { InterruptedError } from "../processes";
import { projectRoot } from "../project";
import { findTerraform, terraformEnvironment } from "../terraform";
import { withPlacesToMend } from "../terraform-errors";
import { UserError } from "../user-error";

interface ApplyOptions {
  readonly digest: string;
  readonly autoApprove?: boolean;
  readonly allowUncommitted?: boolean;
}

export function applyCommand(): Command {
  return new Command("apply")
    .summary("apply exactly the plans that were reviewed")
    .description("apply exactly the plans that were reviewed, each stack after those it depends on")
    .argument("[plans]", "folder that 'mlp plan' wrote", "plans")
    .requiredOption("--digest <sha256>", "digest of the plans, as the review that was approved names it")
    .option("--auto-approve", "do not ask before")
    .option("--allow-uncommitted", "apply plans of files that no commit holds, such as to the sandbox")
    .addHelpText(
      "after",
      "\nNothing is applied where anything differs from what was reviewed: a file, the commit, Terraform's version, the lock file\n" +
        "of the providers. What the review found is not asked again: approve no digest of a review that blocks. Terraform refuses a plan whose state has moved on. Where a stack fails, those that depend on it are left\n" +
        "out; run the same command again to go on after an interruption: what was applied is noted in the folder.",
    )
    .action(async (folder: string, options: ApplyOptions) => {
      const release = holdInterruptions();
      try {
        await apply(folder, options);
      } finally {
        release();
      }
    });
}

async function apply(folder: string, { digest, autoApprove, allowUncommitted }: ApplyOptions): Promise<void> {
  if (!/^[0-9a-f]{64}$/.test(digest)) {
    throw new UserError(`--digest must be the 64 hexadecimal digits that 'mlp review' shows, got '${digest}'`);
  }
  const root = projectRoot();
  const set = readPlanSet(folder);
  const terraform = await findTerraform(process.env);
  const refused = refusals(set, {
    folder,
    digest,
    terraform,
    commit: await commitOf(root, folder),
    ...projectLock(root),
    environment: process.env["MLP_ENVIRONMENT"] || undefined,
    allowUncommitted,
  });
  if (refused.length > 0) {
    throw new UserError(["nothing was applied:", ...refused.map((line) => `- ${line}`)].join("\n"));
  }
  if (!autoApprove && !(await isConfirmed(set))) {
    throw new UserError("nothing was applied");
  }
  const request = {
    folder,
    set,
    root,
    terraform,
    env: () => ({ ...terraformEnvironment(terraform, process.env), MLP_ENVIRONMENT: set.environment }),
    concurrency: planConcurrency,
    onDone: (result: StackApplied) => report(result, root, set.environment),
  };
  try {
    summarise(await applyStacks(request));
  } catch (error) {
    throw error instanceof InterruptedError
      ? new UserError(
          "interrupted: what was done stays; the same command goes on, unless a stack was under way: plan that again",
        )
      : error;
  }
}

async function isConfirmed(set: PlanSet): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UserError("there is no terminal to ask on: add --auto-approve");
  }
  const changed = set.stacks.filter(({ status }) => status === "planned");
  console.log(`${set.environment}: ${plural(changed.length, "stack")} will change`);
  changed.forEach(({ name }) => console.log(`  ${name}`));
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question("Type 'yes' to apply: ")) === "yes";
  } finally {
    terminal.close();
  }
}

function report({ name, status, text, workFolder }: StackApplied, root: string, environment: string): void {
  switch (status) {
    case "unchanged":
      return console.log(`${pc.green("no changes")}  ${name}`);
    case "applied":
      return console.log(`${pc.green("applied")}     ${name}  ${text}`);
    case "applied before":
      return console.log(`${pc.green("applied")}     ${name}  before`);
    case "skipped":
      return console.log(`${pc.yellow("left out")}    ${name}  depends on ${text}`);
    case "failed":
      console.log(`${pc.red("failed")}      ${name}`);
      console.error(withPlacesToMend(text, root, environment, { name, folder: workFolder }).replace(/^(?=.)/gm, "  "));
  }
}

function summarise(results: readonly StackApplied[]): void {
  const count = (wanted: StackApplied["status"]) => results.filter(({ status }) => status === wanted).length;
  const before = count("applied before");
  const text = `${count("applied")} applied${before > 0 ? ` now, ${before} before` : ""}, ${count("unchanged")} without changes, ${count("failed")} failed, ${count("skipped")} left out`;
  if (count("failed") > 0) {
    throw new UserError(text);
  }
  console.log(text);
}
