import { writeFileSync } from "node:fs";

import { type Command, Option } from "commander";

import type { ReviewInputs } from "../review/inputs";
import { reviewJson } from "../review/output/json";
import { terminalText } from "../review/output/terminal";
import { exitCodes, type Review } from "../review/review";
import { reviewPlans } from "../review/review-plans";
import { severities, type Severity } from "../review/severity";

/** What a review is written as, besides the terminal. */
const formats = { json: reviewJson } as const satisfies Readonly<Record<string, (review: Review) => string>>;

type Format = keyof typeof formats;

/** Options of every command that shows a review. */
export interface ReviewOptions extends Partial<Readonly<Record<Format, string>>> {
  readonly environment?: string;
  readonly commit?: string;
  readonly failOn: Severity | "none";
}

/** The exit codes, as a command's description has them. */
export const reviewExits = "exit 0 no changes, 2 changes, 3 blocked, 1 a plan failed or is missing";

export function withReviewOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--fail-on <severity>", "block where an open finding is this bad, or worse")
        .choices([...severities, "none"])
        .default("high"),
    )
    .option("--json <file>", "write the review as JSON");
}

/** Reviews plans, shows the review in the formats that were asked for, and ends the process with its exit code. */
export function showReview({ stacks, set, planSetDigest }: ReviewInputs, options: ReviewOptions): Review {
  const review = reviewPlans(stacks, {
    environment: options.environment ?? set?.environment,
    commit: options.commit ?? set?.commit ?? undefined,
    planSetDigest,
    failOn: options.failOn === "none" ? undefined : options.failOn,
  });
  for (const format of Object.keys(formats) as Format[]) {
    const file = options[format];
    if (file !== undefined) {
      writeFileSync(file, formats[format](review));
    }
  }
  console.log(terminalText(review));
  process.exitCode = exitCodes[review.outcome];
  return review;
}
