import { plural } from "../../../../config/text";
import { capital, openFindings, placeOf } from "../words";
import { acceptedText } from "../../accepted-text";
import type { Review, ReviewFinding } from "../../review";
import { isAtLeast, type Severity } from "../../severity";
import type { Chapter } from "./budget";
import { differenceLines } from "./changes";
import { code, fenceOf, prose } from "./text";

const marks: Readonly<Record<Severity, string>> = { critical: "🔴", high: "🟠", medium: "🟡", low: "🔵", info: "⚪" };

/** Lines of differences in one finding; what is longer stands with its change. */
const mostLines = 24;

/** Open findings that a reader must not miss, each in full. */
export function findings(review: Review): Chapter {
  const blocks = openFindings(review.findings).filter(isSerious).map(block);
  return { heading: "### Findings\n\n", noun: "finding", sections: [{ open: "", blocks, close: "" }], share: 0.6 };
}

/** The others, and those that somebody accepted: one row each, folded. */
export function lesserFindings({ findings: all }: Review): Chapter {
  const open = openFindings(all).filter((finding) => !isSerious(finding));
  const accepted = all.filter(({ acknowledged }) => acknowledged !== null);
  return {
    heading: "### Lesser and accepted findings\n\n",
    noun: "finding",
    sections: [
      table(`${plural(open.length, "lesser finding")}`, "What to check", open, ({ check }) => prose(check)),
      table(
        `${plural(accepted.length, "accepted finding")}`,
        "Accepted",
        accepted,
        ({ acknowledged }) => `${prose(acceptedText(acknowledged!))}: ${prose(acknowledged!.reason)}`,
      ),
    ],
    share: 0.4,
  };
}

function isSerious({ severity }: ReviewFinding): boolean {
  return isAtLeast(severity, "medium");
}

function block(finding: ReviewFinding): string {
  const { severity, title, address, deposed, message, differences, why, check, rule, digest } = finding;
  const all = differences.flatMap(differenceLines);
  const lines = all.slice(0, mostLines);
  const fence = fenceOf(lines);
  const more = all.length - lines.length;
  return [
    `#### ${marks[severity]} ${capital(severity)}: ${prose(title)}\n\n`,
    `${code(address)}${deposed === null ? "" : ` (deposed ${code(deposed)})`}: ${prose(message)}  \n`,
    `<sub>${code(placeOf(finding))}</sub>\n\n`,
    ...(lines.length > 0 ? [`${fence}diff\n`, ...lines, `${fence}\n\n`] : []),
    ...(more > 0 ? [`${plural(more, "more line")}, with the change.\n\n`] : []),
    `**Why:** ${prose(why)}  \n`,
    `**Check:** ${prose(check)}\n\n`,
    `<sub>${code(rule)} · ${code(digest)}</sub>\n\n`,
  ].join("");
}

function table(
  summary: string,
  title: string,
  rows: readonly ReviewFinding[],
  last: (finding: ReviewFinding) => string,
): Chapter["sections"][number] {
  return {
    open: `<details><summary>${summary}</summary>\n\n| | Finding | Rule | ${title} |\n| --- | --- | --- | --- |\n`,
    blocks: rows.map((finding) => {
      const { severity, address, message, rule } = finding;
      return `| ${marks[severity]} ${severity} | ${code(address)}: ${prose(message)} | ${code(rule)} | ${last(finding)} |\n`;
    }),
    close: "\n</details>\n\n",
  };
}
