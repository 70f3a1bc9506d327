import { Command } from "commander";
import pc from "picocolors";

import { requestedEnvironment } from "../../../config/load";
import { plural } from "../../../config/text";
import { commitOf } from "../../delivery/commit";
import { projectLock, projectLockFile } from "../../delivery/lock-file";
import { type StackPlan, writePlanSet } from "../../delivery/plan-set";
import { planStacks } from "../../delivery/plan-stacks";
import { planCode } from "../../delivery/terraform-plans";
import { chooseStacks, exceptOption, hasLocalState } from "../choose-stacks";
import { holdInterruptions } from "../interruption";
import { projectRoot } from "../project";
import { sandboxEnvironment } from "../sandbox-environment";
import { synthesise } from "../synth";
import { findTerraform, terraformEnvironment } from "../terraform";
import { withPlacesToMend } from "../terraform-errors";

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
    .option(...exceptOption)
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
  const chosen = chooseStacks(all, { ...options, named: names });
  const local = options.remoteState ? chosen.filter(hasLocalState) : [];
  for (const { name } of local) {
    console.log(`${pc.yellow("left out")}    ${name}  its state is a file`);
  }
  const stacks = chosen.filter((stack) => !local.includes(stack));
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
