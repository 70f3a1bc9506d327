import { join } from "node:path";

import { Command } from "commander";

import { plural } from "../../../config/text";
import { commitOf } from "../../delivery/commit";
import { projectLock } from "../../delivery/lock-file";
import { writePlanSet } from "../../delivery/plan-set";
import { planStacks } from "../../delivery/plan-stacks";
import { readInputs } from "../../review/inputs";
import type { StackInput } from "../../review/review-plans";
import { sandboxEnvironment } from "../sandbox-environment";
import { type SandboxSession, withSession } from "../sandbox-session";
import { reviewExits, type ReviewOptions, showPlan, showReview, withReviewOptions } from "../show-review";
import { synthesise } from "../synth";
import { withPlacesToMend } from "../terraform-errors";
import { type ManagedResource, managedResources, orphans } from "../terraform-state";

/** Where the plans are kept, below the project: what was reviewed can be applied. */
const planFolder = join(".sandbox", "plans");

export function reviewCommand(): Command {
  return withReviewOptions(new Command("review"))
    .summary("plan every stack, and review the plans")
    .description(`plan every stack against what the sandbox holds, and review the plans: ${reviewExits}`)
    .addHelpText("after", `\nThe plans are in ${planFolder}: 'mlp review ${planFolder}' shows the review again.`)
    .action(async (options: ReviewOptions) => {
      await withSession((session) => review(session, options));
    });
}

async function review(session: SandboxSession, options: ReviewOptions): Promise<void> {
  const deployed = managedResources(session.states);
  if (deployed.length === 0) {
    console.error(
      "Nothing is deployed in the sandbox: every object would be created. Run 'mlp sandbox up' first, then change something.",
    );
  }
  const folder = join(session.root, planFolder);
  const declared = await plan(session, folder);
  const inputs = await readInputs([folder], showPlan);
  const stacks = [...inputs.stacks, ...orphanedStacks(deployed, declared)];
  const flags = inputs.set?.clean ? "--auto-approve" : "--auto-approve --allow-uncommitted";
  const apply = `npx mlp apply ${planFolder} --digest ${inputs.planSetDigest!} ${flags}`;
  showReview({ ...inputs, stacks }, options, `npx mlp sandbox exec -- ${apply}`);
}

/** Plans all stacks into a folder of plans, and gives their names. */
async function plan({ root, platform, terraform, childEnv }: SandboxSession, out: string): Promise<string[]> {
  const commit = await commitOf(root, out);
  const stacks = await synthesise(root, sandboxEnvironment);
  const plans = await planStacks({ stacks, terraform, env: childEnv, out });
  const withPlaces = plans.map((made, index) =>
    made.error === undefined
      ? made
      : { ...made, error: withPlacesToMend(made.error, root, platform.name, stacks[index]!) },
  );
  const createdAt = new Date().toISOString();
  writePlanSet(out, {
    format: 1,
    environment: platform.name,
    ...commit,
    createdAt,
    terraform,
    ...projectLock(root),
    stacks: withPlaces,
  });
  return stacks.map(({ name }) => name);
}

/** Nobody plans what is declared no more: it stays as it is, and that is not "no changes". */
function orphanedStacks(deployed: readonly ManagedResource[], declared: readonly string[]): StackInput[] {
  return orphans(deployed, declared).map((name) => {
    const count = plural(deployed.filter(({ stack }) => stack === name).length, "object");
    const error = `deployed with ${count}, but declared no more: nobody plans it, and 'mlp sandbox down --orphans' destroys it`;
    return { name, failure: { status: "orphaned", error } };
  });
}
