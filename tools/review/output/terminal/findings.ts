import { acceptedText } from "../../accepted-text";
import type { ShownDifference } from "../../differences/shown";
import type { ReviewFinding, StackReview } from "../../review";
import { isAtLeast, type Severity } from "../../severity";
import { isFailed, openFindings, placeOf, severityText } from "../words";
import { type Paper, plain } from "./paper";

/** Lines of one text that are shown; the pages show the rest. */
const mostLines = 24;
const mostDifferences = 12;

/** Findings that are shown, and from which severity on in full. */
const mostFindings = 100;
const inFull = "medium";

/** Plans that there are not, with what Terraform says. */
export function failures(stacks: readonly StackReview[], paper: Paper): void {
  for (const { name, status, error } of stacks.filter(isFailed)) {
    paper.heading(`${paper.colors.red(plain(name))}  ${status === "errored" ? "the plan has errors" : status}`);
    paper.block(error ?? "Terraform stopped in the middle of the plan", 2);
  }
}

/** Findings, the worst first; what is accepted is told in one line each. */
export function findingsList(findings: readonly ReviewFinding[], paper: Paper): void {
  if (findings.length > 0) {
    paper.heading("Findings");
  }
  const open = openFindings(findings);
  const shown = open.slice(0, mostFindings);
  shown.filter(({ severity }) => isAtLeast(severity, inFull)).forEach((finding) => oneFinding(finding, paper));
  const lesser = shown.filter(({ severity }) => !isAtLeast(severity, inFull));
  if (lesser.length > 0) {
    paper.gap();
  }
  for (const { severity, address, message, rule } of lesser) {
    paper.line(`${badge(severity, paper)} ${plain(address)}: ${plain(message)} ${paper.colors.dim(`[${rule}]`)}`, 2, 4);
  }
  if (open.length > shown.length) {
    paper.gap();
    paper.line(`${severityText(open.slice(mostFindings))} more: '--html FILE' shows them all`, 2);
  }
  const accepted = findings.filter(({ acknowledged }) => acknowledged !== null);
  if (accepted.length > 0) {
    paper.gap();
  }
  for (const alike of acceptedAlike(accepted)) {
    const [{ severity, address, rule, acknowledged }] = alike;
    const until = `${plain(acceptedText(acknowledged!))}: ${plain(acknowledged!.reason)}`;
    const where = alike.length === 1 ? plain(address) : `${alike.length} objects`;
    paper.line(paper.colors.dim(`accepted ${severity}  ${where} [${rule}], ${until}`), 2, 4);
  }
}

/** Findings of one rule that are accepted in the same words: a setting of an environment accepts dozens. */
function acceptedAlike(accepted: readonly ReviewFinding[]): [ReviewFinding, ...ReviewFinding[]][] {
  const groups = new Map<string, [ReviewFinding, ...ReviewFinding[]]>();
  for (const finding of accepted) {
    const key = JSON.stringify([finding.severity, finding.rule, finding.acknowledged]);
    const group = groups.get(key);
    if (group) {
      group.push(finding);
    } else {
      groups.set(key, [finding]);
    }
  }
  return [...groups.values()];
}

function oneFinding(finding: ReviewFinding, paper: Paper): void {
  const { severity, title, address, deposed, message, differences, check, rule } = finding;
  const { bold, dim } = paper.colors;
  paper.gap();
  paper.line(`${badge(severity, paper)} ${bold(plain(title))} ${dim(`[${rule}]`)}`, 2);
  paper.line(`${plain(address)}${deposed === null ? "" : ` (deposed ${plain(deposed)})`}`, 4);
  paper.line(dim(plain(placeOf(finding))), 4);
  paper.line(`${plain(message)}.`, 4);
  differences.slice(0, mostDifferences).forEach((difference) => showDifference(difference, 6, paper));
  if (differences.length > mostDifferences) {
    paper.line(dim(`${differences.length - mostDifferences} more differences`), 6);
  }
  paper.line(`Check: ${plain(check)}`, 4);
}

/** An argument with its old and new value, or the lines that differ. */
export function showDifference(
  { path, before, after, forcesReplacement, lines }: ShownDifference,
  indent: number,
  paper: Paper,
): void {
  const { red, green, dim, yellow } = paper.colors;
  const forces = forcesReplacement ? yellow("  forces replacement") : "";
  if (lines === undefined) {
    return paper.line(
      `${plain(path)}: ${red(plain(before ?? "nothing"))} -> ${green(plain(after ?? "nothing"))}${forces}`,
      indent,
    );
  }
  paper.line(`${plain(path)}:${forces}`, indent);
  for (const line of lines.slice(0, mostLines)) {
    const paint = { "+": green, "-": red, "@": dim }[line.charAt(0)] ?? ((text: string) => text);
    paper.block(plain(line), indent + 2, paint);
  }
  if (lines.length > mostLines) {
    paper.line(dim(`${lines.length - mostLines} more lines`), indent + 2);
  }
}

function badge(severity: Severity, { colors }: Paper): string {
  const { red, yellow, cyan, dim, bold } = colors;
  const paint = { critical: red, high: red, medium: yellow, low: cyan, info: dim }[severity];
  return bold(paint(severity.toUpperCase()));
}
