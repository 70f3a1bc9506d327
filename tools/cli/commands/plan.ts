import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Command } from "commander";
import pc from "picocolors";

import { requestedEnvironment } from "../../../config/load";
import { nearest } from "../../../config/nearest";
import { reason } from "../../../config/source/bytes";
import { plural, quote } from "../../../config/text";
import { commitOf } from "../../delivery/commit";
import { projectLock, projectLockFile } from "../../delivery/lock-file";
import { stackFiles, type StackPlan, writePlanSet } from "../../delivery/plan-set";
import { planStacks } from "../../delivery/plan-stacks";
import { planCode } from "../../delivery/terraform-plans";
import { holdInterruptions } from "../interruption";
import { projectRoot } from "../project";
import { sandboxEnvironment } from "../sandbox-environment";
import { synthesise, type SynthesisedStack } from "../synth";
import { findTerraform, terraformEnvironment } from "../terraform";
import { withPlacesToMend } from "../terraform-errors";
import { UserError } from "../user-error";

interface PlanOptions {
  readonly environment?: string;
  readonly only?: string;
  readonly except: readonly string[];
  readonly remoteState?: boolean;
  readonly hideErrors?: boolean;
  readonly out: string;
}

export function planCommand(): Command {
  return new Command("plan")
    .summary("plan the stacks of an environment into a folder")
    .description("plan the stacks of an environment into a folder; exit 0 no changes, 2 changes, 1 where a plan failed")
    .argument("[stacks...]", "stacks to plan")
    .option("-e, --environment <name>", "environment to plan (default: $MLP_ENVIRONMENT, or sandbox)")
    .option("--only <file>", "plan the stacks that a file names, one a line, as 'mlp affected --names' writes it")
    .option(
      "--except <stack>",
      "stack to leave out, may be repeated",
      (name: string, names: string[]) => [...names, name],
      [],
    )
    .option("--remote-state", "leave out stacks whose state is a file: whoever has no copy of it would plan them anew")
    .option("--hide-errors", "do not print Terraform's errors, which may hold secrets: the review shows them without")
    .option(
      "--out <folder>",
      "folder of plans: it holds secrets, and what was planned into it before is replaced",
      "plans",
    )
    .addHelpText(
      "after",
      "\nWithout STACKS and --only, every stack is planned. The plans of the others are still there where one fails.\n" +
        "'mlp review' shows the plans, 'mlp apply' applies them. 'mlp sandbox exec -- npx mlp plan' plans against the sandbox.",
    )
    .action(async (names: string[], options: PlanOptions) => {
      const release = holdInterruptions();
      try {
        process.exitCode = await plan(names, options);
      } finally {
        release();
      }
    });
}

async function plan(names: readonly string[], options: PlanOptions): Promise<number> {
  const root = projectRoot();
  const environment = options.environment ?? requestedEnvironment(process.env);
  const terraform = await findTerraform(process.env);
  const commit = await commitOf(root, options.out);
  const all = await synthesise(root, environment);
  const stacks = choose(all, names, options);
  const lockFile = projectLockFile(root);
  const plans = await planStacks({
    stacks,
    terraform,
    env: () => ({ ...terraformEnvironment(terraform, process.env), MLP_ENVIRONMENT: environment }),
    out: options.out,
    ...(lockFile !== undefined && { lockFile }),
    onDone: (made, stack, { stdout }) => {
      report(made, stdout);
      if (made.error !== undefined && !options.hideErrors) {
        console.error(withPlacesToMend(made.error, root, environment, stack).replace(/^(?=.)/gm, "  "));
      }
    },
  });
  const createdAt = new Date().toISOString();
  writePlanSet(options.out, {
    format: 1,
    environment,
    ...commit,
    createdAt,
    terraform,
    ...projectLock(root),
    stacks: plans,
  });

  const count = (status: StackPlan["status"]) => plans.filter((made) => made.status === status).length;
  console.log(
    `${plural(plans.length, "stack")} planned into ${options.out}: ${count("planned")} with changes, ${count("unchanged")} without, ${count("failed")} failed`,
  );
  if (count("failed") > 0) {
    if (environment === sandboxEnvironment && !process.env["TF_REATTACH_PROVIDERS"]) {
      console.error(
        `environment '${environment}' lives in the sandbox: 'mlp sandbox exec -- npx mlp plan' plans against it`,
      );
    }
    return planCode.failed;
  }
  return count("planned") > 0 ? planCode.changes : planCode.noChanges;
}

/** The stacks that were named on the command line or in a file, without those that are to be left out. */
function choose(
  stacks: readonly SynthesisedStack[],
  named: readonly string[],
  { only, except, remoteState = false }: PlanOptions,
): readonly SynthesisedStack[] {
  const listed = only === undefined ? [] : namesIn(only);
  const wanted = named.length === 0 && only === undefined ? undefined : [...named, ...listed];
  const known = stacks.map(({ name }) => name);
  requireStacks(named, "", known);
  requireStacks(listed, ` in ${only}`, known);
  requireStacks(except, " of --except", known);
  const chosen = stacks.filter(({ name }) => !except.includes(name) && (wanted?.includes(name) ?? true));
  const local = remoteState ? chosen.filter(hasLocalState) : [];
  for (const { name } of local) {
    console.log(`${pc.yellow("left out")}    ${name}  its state is a file`);
  }
  return chosen.filter((stack) => !local.includes(stack));
}

function requireStacks(names: readonly string[], where: string, known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, known);
    throw new UserError(
      `stack ${quote(unknown)}${where} does not exist: use one of ${known.join(", ")}${near === undefined ? "" : ` (did you mean '${near}'?)`}`,
    );
  }
}

function hasLocalState({ folder }: SynthesisedStack): boolean {
  const config: unknown = JSON.parse(readFileSync(join(folder, stackFiles.config), "utf8"));
  const { backend = {} } = (config as { terraform?: { backend?: object } }).terraform ?? {};
  return Object.keys(backend).every((kind) => kind === "local");
}

function namesIn(file: string): string[] {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.map((line) => line.trim()).filter((line) => line !== "");
  } catch (error) {
    throw new UserError(
      `--only must name a file of stack names, one a line, got ${quote(file)}: ${reason(error)}; 'mlp affected --names FILE' writes one, and 'mlp plan STACK...' takes the names themselves`,
    );
  }
}

function report({ name, status }: StackPlan, stdout: string): void {
  switch (status) {
    case "unchanged":
      return console.log(`${pc.green("no changes")}  ${name}`);
    case "planned": {
      const summary = /^Plan: (.+)\.$/m.exec(stdout)?.[1] ?? "outputs or state alone";
      return console.log(`${pc.yellow("changes")}     ${name}  ${summary}`);
    }
    case "failed":
      console.log(`${pc.red("failed")}      ${name}`);
  }
}
