import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { type Command, Option } from "commander";

import { type Acceptance, acceptance } from "../review/acceptance";
import { type Acknowledgement, acknowledgementsFile, readAcknowledgements } from "../review/acknowledgements";
import type { ReviewInputs } from "../review/inputs";
import { exitCodes, type Review } from "../review/review";
import { reviewPlans } from "../review/review-plans";
import { severities, type Severity } from "../review/severity";
import { acknowledgementsFor } from "./acknowledgements";
import { run } from "./processes";
import { addOutputOptions, type OutputOptions, writeReview } from "./review-output";
import { findTerraform, terraformEnvironment } from "./terraform";
import { UserError } from "./user-error";

/** Options of every command that shows a review. */
export interface ReviewOptions extends OutputOptions {
  readonly environment?: string;
  readonly commit?: string;
  readonly failOn: Severity | "none";
  readonly acknowledgements?: string;
}

/** The exit codes, as a command's description has them. */
export const reviewExits = "exit 0 no changes, 2 changes, 3 blocked, 1 a plan failed or is missing";

export function withReviewOptions(command: Command): Command {
  return addOutputOptions(command)
    .addOption(
      new Option("--fail-on <severity>", "block where an open finding is this bad, or worse")
        .choices([...severities, "none"])
        .default("high"),
    )
    .option(
      "--acknowledgements <file>",
      `findings that are accepted (default: ${acknowledgementsFile} in this folder, where there is one)`,
    );
}

/**
 * Reviews plans, shows the review in the formats that were asked for, and ends the process with its exit code. `applyWith` is the
 * command that applies exactly these plans.
 */
export function showReview(
  { stacks, set, planSetDigest }: ReviewInputs,
  options: ReviewOptions,
  applyWith: string | undefined,
): Review {
  const review = reviewPlans(stacks, {
    environment: options.environment ?? set?.environment,
    commit: options.commit ?? set?.commit ?? undefined,
    planSetDigest,
    applyWith,
    failOn: options.failOn === "none" ? undefined : options.failOn,
    acceptance: acceptanceOf(
      stacks.map(({ name }) => name),
      acknowledgementsIn(options.acknowledgements),
    ),
  });
  writeReview(review, options);
  process.exitCode = exitCodes[review.outcome];
  return review;
}

/** What acknowledgements accept, and what the environments of the project around this folder do. */
export function acceptanceOf(stacks: readonly string[], acknowledgements: readonly Acknowledgement[]): Acceptance {
  return acceptance({ acknowledgements, policies: acknowledgementsFor([process.cwd()], stacks), today: today() });
}

/** Acknowledgements of a file; of the default one, where none is named and there is one. */
function acknowledgementsIn(named: string | undefined): readonly Acknowledgement[] {
  const file = named ?? (existsSync(acknowledgementsFile) ? acknowledgementsFile : undefined);
  return file === undefined ? [] : readAcknowledgements(file, today());
}

/** The day in UTC, as YYYY-MM-DD. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Prints a plan file as JSON. Terraform must have been initialised where the plan is: it asks the providers what the values are. */
export async function showPlan(file: string): Promise<Buffer> {
  const terraform = await findTerraform(process.env);
  const { code, stdout, stderr } = await run(terraform.command, ["show", "-json", "-no-color", resolve(file)], {
    cwd: dirname(resolve(file)),
    env: terraformEnvironment(terraform, process.env),
  });
  if (code !== 0) {
    throw new UserError(
      `${file} cannot be shown: ${stderr.trim()}\nRun 'terraform init' in its folder first, or give what 'terraform show -json' printed`,
    );
  }
  return Buffer.from(stdout);
}
