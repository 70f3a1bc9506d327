import pc from "picocolors";

import type { Review } from "../review";
import { accessTable } from "./terminal/access-table";
import { failures, findingsList } from "./terminal/findings";
import { Paper } from "./terminal/paper";
import { isUntouched, outsideChanges, stackChanges, untouchedStacks } from "./terminal/stacks";
import { accessText, applyCommand, capital, openFindings, planText, severityText, verdict } from "./words";

export interface TerminalOptions {
  /** @default - the terminal's, or 100 columns where there is none */
  readonly width?: number;
  /** @default - where the terminal shows them; `NO_COLOR` turns them off */
  readonly colors?: ReturnType<typeof pc.createColors>;
}

/** The review as a person reads it in a terminal: the risks first, how to go on last. */
export function terminalText(review: Review, options: TerminalOptions = {}): string {
  const colors = options.colors ?? pc;
  const paper = new Paper(Math.max(40, options.width ?? process.stdout.columns ?? 100), colors);
  const { findings, stacks } = review;
  heading(review, paper);
  failures(stacks, paper);
  findingsList(findings, paper);
  accessTable(review, paper);
  const untouched = stacks.filter(isUntouched);
  stacks.filter((stack) => !isUntouched(stack)).forEach((stack) => stackChanges(stack, findings, paper));
  untouchedStacks(untouched, paper);
  stacks.forEach((stack) => outsideChanges(stack, paper));
  goOn(review, paper);
  return paper.text();
}

function heading(review: Review, paper: Paper): void {
  const { environment, commit, findings, outcome, isAccessBroadened } = review;
  const { bold, red, yellow, green, dim } = paper.colors;
  const paint = { failed: red, blocked: red, changes: yellow, "no changes": green }[outcome];
  const about = [environment, commit?.slice(0, 12)].filter((part) => part !== null && part !== undefined);
  paper.line(`${bold(paint(verdict(review)))}${about.length > 0 ? dim(`  ${about.join(" ")}`) : ""}`);
  paper.line(`Plan: ${planText(review)}`);
  paper.line(`Open: ${severityText(openFindings(findings))}`);
  const access = accessText(review);
  if (access !== "") {
    paper.line(isAccessBroadened ? yellow(`Access gets wider: ${access}`) : `Access: ${access}`);
  }
}

/** The verdict stands at the top: its first word is enough here, for who sees the end of a long review alone. */
function goOn(review: Review, paper: Paper): void {
  const { bold, dim } = paper.colors;
  const command = applyCommand(review);
  paper.gap();
  switch (review.outcome) {
    case "failed":
      return paper.line(`${bold("Failed")}. Mend what failed, plan again, and review again: nothing can be applied.`);
    case "blocked":
      return paper.line(
        `${bold("Blocked")}. Change the plan, or accept each finding in writing: an acknowledgement names its rule, its address, a reason and a last day.`,
      );
    case "changes":
      paper.line(`${bold("Nothing blocks")}.${command === undefined ? "" : " To apply exactly these plans:"}`);
      return command === undefined ? undefined : paper.asIs(`  ${command}`);
    case "no changes":
      return paper.line(dim(`${capital("nothing is to be applied")}.`));
  }
}
