import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Command } from "commander";
import pc from "picocolors";

import { requestedEnvironment } from "../../../config/load";
import { plural } from "../../../config/text";
import { accept } from "../../acceptance/accept";
import { objectionsTo } from "../../acceptance/objections";
import type { Step } from "../../acceptance/step";
import { projectLockFile } from "../../delivery/lock-file";
import { stackFiles } from "../../delivery/plan-set";
import { chooseStacks, exceptOption } from "../choose-stacks";
import { holdInterruptions } from "../interruption";
import { writeOutput } from "../output-file";
import { InterruptedError } from "../processes";
import { projectRoot } from "../project";
import { synthesise } from "../synth";
import { findTerraform, terraformEnvironment } from "../terraform";
import { UserError } from "../user-error";

interface AcceptanceOptions {
  readonly project: string;
  readonly environment?: string;
  readonly except: readonly string[];
  readonly keep?: boolean;
  readonly out: string;
  readonly report?: string;
}

export function acceptanceCommand(): Command {
  return new Command("acceptance")
    .description("try every stack in a project that may be emptied")
    .requiredOption("--project <id>", "project of the environment: everything that is made there is destroyed")
    .option("-e, --environment <name>", "environment to make (default: $MLP_ENVIRONMENT, or sandbox)")
    .option(...exceptOption)
    .option("--keep", "leave what was made where it is")
    .option("--out <folder>", "folder for the plans: it holds secrets", "plans")
    .option("--report <file>", "write every step with its time as JSON")
    .addHelpText(
      "after",
      "\nEvery stack is validated, planned, applied, planned again and destroyed, in an empty project. It costs what the platform costs while it stands, and needs the rights to make it. 'terraform validate' and 'plan' come first;\n" +
        "where the first plan shows that something is there already, nothing is made. What fails is told, and the rest is destroyed\n" +
        "all the same. The exit code is 0 only where every step passed. docs/acceptance.md leads through it.",
    )
    .action(async (options: AcceptanceOptions) => {
      const release = holdInterruptions();
      try {
        await run(options);
      } finally {
        release();
      }
    });
}

async function run({ project, keep = false, out, report, ...options }: AcceptanceOptions): Promise<void> {
  const root = projectRoot();
  const environment = options.environment ?? requestedEnvironment(process.env);
  const terraform = await findTerraform(process.env);
  const stacks = chooseStacks(await synthesise(root, environment), options);
  const objections = objectionsTo(
    stacks.map(({ name, folder }) => ({
      name,
      config: JSON.parse(readFileSync(join(folder, stackFiles.config), "utf8")) as unknown,
    })),
    project,
  );
  if (objections.length > 0) {
    throw new UserError(["nothing was made:", ...objections.map((line) => `- ${line}`)].join("\n"));
  }
  const lockFile = projectLockFile(root);
  const acceptance = {
    root,
    environment,
    stacks,
    terraform,
    env: () => ({ ...terraformEnvironment(terraform, process.env), MLP_ENVIRONMENT: environment }),
    ...(lockFile !== undefined && { lockFile }),
    out,
    keep,
    onStep: tell,
  };
  const steps = await accept(acceptance).catch((error: unknown) => {
    throw error instanceof InterruptedError
      ? new UserError("interrupted: what was made stays, and so does its state; 'npx cdktf destroy' takes it down")
      : error;
  });
  if (report !== undefined) {
    writeOutput(report, `${JSON.stringify({ environment, project, terraform, steps }, null, 2)}\n`);
  }
  summarise(steps);
}

function tell({ step, stack, status, seconds, text }: Step): void {
  const paint = { passed: pc.green, failed: pc.red, "left out": pc.yellow }[status];
  const lines = text.split("\n");
  const line = `${paint(status.padEnd(8))}  ${step.padEnd(10)}  ${stack}  ${pc.dim(`${seconds} s`)}`;
  console.log(status === "failed" || lines.length > 1 || text === "" ? line : `${line}  ${text}`);
  if (status === "failed") {
    console.error(text.replace(/^(?=.)/gm, "  "));
  }
}

function summarise(steps: readonly Step[]): void {
  const failed = steps.filter(({ status }) => status === "failed");
  const left = steps.filter(({ step, status }) => step === "destroy" && status === "failed");
  if (left.length > 0) {
    console.error(`not destroyed: ${left.map(({ stack }) => stack).join(", ")}`);
  }
  if (failed.length > 0) {
    throw new UserError(`${failed.length} of ${plural(steps.length, "step")} failed`);
  }
  console.log(`${plural(steps.length, "step")} passed`);
}
