import { readFileSync } from "node:fs";
import { join } from "node:path";

import { run } from "../cli/processes";
import { UserError } from "../cli/user-error";
import { applyStacks } from "../delivery/apply-stacks";
import { type PlanSet, stackFiles, type StackPlan } from "../delivery/plan-set";
import { planStacks } from "../delivery/plan-stacks";
import type { TerraformPlans } from "../delivery/terraform-plans";
import { validateStack } from "../delivery/validate-stack";
import { changedIn, objectionToPlan } from "./objections";
import { type Step, Steps } from "./step";

export interface Acceptance extends Pick<TerraformPlans, "stacks" | "terraform" | "env" | "lockFile"> {
  /** Folder of the project. */
  readonly root: string;
  readonly environment: string;
  /** Folder for the plans. */
  readonly out: string;
  /** Whether what was made stays. */
  readonly keep: boolean;
  readonly onStep: (step: Step) => void;
}

/**
 * Makes every stack for real, plans again, which must show nothing, and destroys all of it. Throws a `UserError` before anything is
 * made where the project holds something already. What fails keeps what follows from being tried, but not from being destroyed.
 */
export async function accept(acceptance: Acceptance): Promise<readonly Step[]> {
  const steps = new Steps(acceptance.onStep);
  await validate(acceptance, steps);
  if (!steps.havePassed) {
    return steps.all;
  }
  const plans = await plan(acceptance, steps, "plan");
  if (!steps.havePassed) {
    return steps.all;
  }
  const objections = plans.flatMap(({ name }) => objectionToPlan(name, planJson(acceptance, name)));
  if (objections.length > 0) {
    throw new UserError(["nothing was made:", ...objections.map((line) => `- ${line}`)].join("\n"));
  }
  await apply(acceptance, steps, plans);
  if (steps.havePassed) {
    await plan(acceptance, steps, "plan again");
  }
  if (!acceptance.keep) {
    await destroy(acceptance, steps);
  }
  return steps.all;
}

async function validate({ stacks, terraform, env }: Acceptance, steps: Steps): Promise<void> {
  for (const stack of stacks) {
    const problem = await validateStack(terraform, stack, env());
    steps.add({
      step: "validate",
      stack: stack.name,
      status: problem === undefined ? "passed" : "failed",
      text: problem ?? "",
    });
  }
}

/** The first plan may change things, the one after the apply may not. */
function plan(acceptance: Acceptance, steps: Steps, step: "plan" | "plan again"): Promise<StackPlan[]> {
  return planStacks({
    ...acceptance,
    concurrency: 1,
    onDone: ({ name: stack, status, error = "" }) => {
      const changes = status === "failed" ? [] : changedIn(planJson(acceptance, stack));
      const isExpected = status === "unchanged" || (status === "planned" && step === "plan");
      const made = step === "plan" ? `${changes.length} to make` : changes.join("\n");
      steps.add({ step, stack, status: isExpected ? "passed" : "failed", text: status === "failed" ? error : made });
    },
  });
}

async function apply(acceptance: Acceptance, steps: Steps, stacks: StackPlan[]): Promise<void> {
  const { root, out: folder, terraform, env, environment } = acceptance;
  const createdAt = new Date().toISOString();
  const set: PlanSet = { format: 1, environment, commit: null, clean: false, createdAt, terraform, stacks };
  await applyStacks({
    folder,
    set,
    root,
    terraform,
    env,
    concurrency: 1,
    onDone: ({ name: stack, status, text }) => {
      const skipped = { status: "left out", text: `depends on ${text}` } as const;
      const tried = { status: status === "failed" ? "failed" : "passed", text } as const;
      steps.add({ step: "apply", stack, ...(status === "skipped" ? skipped : tried) });
    },
  });
}

async function destroy({ stacks, terraform, env }: Acceptance, steps: Steps): Promise<void> {
  for (const { name: stack, folder } of [...stacks].reverse()) {
    const args = ["destroy", "-auto-approve", "-input=false", "-no-color"];
    const { code, stdout, stderr } = await run(terraform.command, args, { cwd: folder, env: env() });
    const text = /^Destroy complete! Resources: (.+)\.$/m.exec(stdout)?.[1] ?? (stderr || stdout).trim();
    steps.add({ step: "destroy", stack, status: code === 0 ? "passed" : "failed", text });
  }
}

function planJson({ out }: Acceptance, stack: string): unknown {
  return JSON.parse(readFileSync(join(out, stack, stackFiles.json), "utf8"));
}
