import type { Outcome, Review } from "../review";
import { access } from "./markdown/access";
import { type Budget, type Chapter, fill } from "./markdown/budget";
import { drift, failures, losses, notes, otherChanges, outputs, stateOnly } from "./markdown/changes";
import { findings, lesserFindings } from "./markdown/findings";
import { code } from "./markdown/text";
import { accessText, applyCommand, openFindings, planText, severityText, verdict } from "./words";

/** A comment may have 65,536 characters; GitHub counts some of them twice. */
export const commentBudget: Budget = {
  characters: 65_000,
  bytes: 262_144,
  elsewhere: "the run's summary, or the HTML page",
};

/** A step's summary may have 1,024 KiB. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
export const summaryBudget: Budget = {
  characters: Infinity,
  bytes: 1_000 * 1_024,
  elsewhere: "the HTML page, or the JSON",
};

const marks: Readonly<Record<Outcome, string>> = { "no changes": "✅", changes: "🟢", blocked: "⛔", failed: "❌" };

/** What is told, in the order of its weight. */
const chapters: readonly ((review: Review) => Chapter)[] = [
  failures,
  findings,
  access,
  losses,
  lesserFindings,
  otherChanges,
  stateOnly,
  drift,
  outputs,
  notes,
];

/** The review as a comment of a pull request. */
export function commentMarkdown(review: Review): string {
  return markdown(review, commentBudget);
}

/** The review as the summary of a step. */
export function summaryMarkdown(review: Review): string {
  return markdown(review, summaryBudget);
}

export function markdown(review: Review, budget: Budget): string {
  const filled = chapters
    .map((chapter) => chapter(review))
    .filter(({ sections }) => sections.some(({ blocks }) => blocks.length > 0));
  return fill(head(review), filled, tail(review), budget);
}

/** The first line tells the comment from others, and what it is about: it is found again by it. */
export function marker({ environment, commit }: Pick<Review, "environment" | "commit">): string {
  const word = (text: string | null) => (text || "none").replace(/[^\w.]+/g, "-").slice(0, 64);
  return `<!-- mlp-review environment=${word(environment)} head=${word(commit)} -->`;
}

function head(review: Review): string {
  const { outcome, environment, findings: all, commit, isAccessBroadened } = review;
  const wider = isAccessBroadened ? ` · **access gets wider** (${accessText(review)})` : "";
  return [
    `${marker(review)}\n`,
    `## ${marks[outcome]} ${environment === null ? "Terraform plan" : `Terraform plan of ${code(environment)}`}: ${verdict(review)}\n\n`,
    `**Plan:** ${planText(review)}  \n`,
    `**Open:** ${severityText(openFindings(all))}${wider}\n\n`,
    ...(commit === null ? [] : [`<sub>Head ${code(commit)}</sub>\n\n`]),
  ].join("");
}

function tail(review: Review): string {
  const command = applyCommand(review);
  return command === undefined ? "" : `---\n\nTo apply exactly these plans: ${code(command)}\n`;
}
