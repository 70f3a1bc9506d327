import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { Command } from "commander";

import { plural, quote } from "../../../config/text";
import { day, reason } from "../../../config/schema/values";
import {
  type Acknowledgement,
  acknowledgementsFile,
  latestExpiry,
  readAcknowledgements,
} from "../../review/acknowledgements";
import { readInputs } from "../../review/inputs";
import { reviewPlans } from "../../review/review-plans";
import { withAcknowledgements } from "../../review/write-acknowledgements";
import { type FindingToAccept, findingsOfWrittenReview } from "../../review/written-review";
import { writeOutput } from "../output-file";
import { acceptanceOf, showPlan, today } from "../show-review";
import { UserError } from "../user-error";

interface AcknowledgeOptions {
  readonly reason: string;
  readonly expires: string;
  readonly by?: string;
  readonly stack?: string;
  readonly plans: readonly string[];
  readonly review?: string;
  readonly acknowledgements: string;
}

export function acknowledgeCommand(): Command {
  return new Command("acknowledge")
    .summary("accept a finding of a review for a time")
    .description("accept a finding of a review for a time; the acknowledgement holds for this change only")
    .argument("<rule>", "rule of the finding, such as data/destroyed")
    .argument("<address>", "address of the finding, such as google_storage_bucket.Landing_F95672E9")
    .requiredOption("--reason <text>", "why it is accepted")
    .requiredOption("--expires <day>", "last day on which it is accepted, as YYYY-MM-DD, at most a year ahead")
    .option("--by <name>", "who accepts it")
    .option("--stack <name>", "stack of the finding, where several have one at the address")
    .option("--plans <plan...>", "plans that the finding is in, as 'mlp review' takes them", ["plans"])
    .option("--review <file>", "what 'mlp review --json' wrote, such as the pull request's, instead of plans")
    .option("--acknowledgements <file>", "file that the acknowledgement is added to", acknowledgementsFile)
    .action(acknowledge);
}

async function acknowledge(rule: string, address: string, options: AcknowledgeOptions): Promise<void> {
  requireReasonAndDay(options);
  const { acknowledgements: file, expires, by } = options;
  const known = existsSync(file) ? readAcknowledgements(file, today()) : [];
  const content = existsSync(file) ? readFileSync(file, "utf8") : modeline(file);
  const findings = await findingsOf(options, known);
  const chosen = choose(findings, rule, address, options.stack);
  const entries = chosen.map(({ stack, digest }) => ({
    rule,
    stack,
    address,
    digest,
    reason: options.reason,
    expires,
    ...(by !== undefined && { acknowledgedBy: by }),
  }));
  const current = findings.map(({ digest }) => digest);
  writeOutput(file, withAcknowledgements(content, entries, current));
  console.log(`${plural(entries.length, "acknowledgement")} written to ${file}, to be committed with the change`);
}

/** An editor checks the file, where the project has the schema. */
function modeline(file: string): string {
  const schema = "config/schemas/review.json";
  return existsSync(join(dirname(file), schema)) ? `# yaml-language-server: $schema=${schema}\n` : "";
}

function requireReasonAndDay({ reason: why, expires }: AcknowledgeOptions): void {
  const [first, latest] = [today(), latestExpiry(today())];
  const isDay = day.safeParse(expires).success;
  const problems = [
    ...(reason.safeParse(why).success ? [] : [`--reason must say why, in at least 10 characters, got ${quote(why)}`]),
    ...(isDay ? [] : [`--expires must be a day as YYYY-MM-DD, such as ${latest}, got ${quote(expires)}`]),
    ...(isDay && (expires < first || expires > latest)
      ? [`--expires must be a day from ${first} to ${latest}, a year ahead, got ${expires}`]
      : []),
  ];
  if (problems.length > 0) {
    throw new UserError(problems.join("\n"));
  }
}

async function findingsOf(
  options: AcknowledgeOptions,
  known: readonly Acknowledgement[],
): Promise<readonly FindingToAccept[]> {
  if (options.review !== undefined) {
    return findingsOfWrittenReview(options.review);
  }
  const { stacks } = await readInputs(options.plans, showPlan);
  const names = stacks.map(({ name }) => name);
  const acceptance = acceptanceOf(names, known);
  return reviewPlans(stacks, { failOn: undefined, acceptance }).findings;
}

function choose(
  findings: readonly FindingToAccept[],
  rule: string,
  address: string,
  stack: string | undefined,
): readonly FindingToAccept[] {
  const open = findings.filter((each) => each.acknowledged === null && !each.rule.startsWith("acknowledgement/"));
  const found = open.filter(
    (each) => each.rule === rule && each.address === address && (stack === undefined || each.stack === stack),
  );
  const stacks = [...new Set(found.map((each) => each.stack))];
  if (stacks.length > 1) {
    throw new UserError(
      `${rule} is found at ${quote(address)} in several stacks: add --stack with one of ${stacks.join(", ")}`,
    );
  }
  if (found.length === 0) {
    const listed = open.map((each) => `  ${each.rule} ${each.address} (${each.stack})`);
    throw new UserError(
      [
        `no open finding of ${quote(rule)} at ${quote(address)}${open.length > 0 ? ":" : ": there are none"}`,
        ...listed,
      ].join("\n"),
    );
  }
  return found;
}
