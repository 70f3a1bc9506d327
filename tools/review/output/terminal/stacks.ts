import type { ReviewedChange, ReviewFinding, StackReview } from "../../review";
import { type ChangeGroup, groupsOf, isWorthALine, namesOf } from "../groups";
import { countsText, isFailed, outputDifference, remarks, worstByChange } from "../words";
import { showDifference } from "./findings";
import { type Paper, plain } from "./paper";

/** Lines of a stack that are shown; the pages show the rest. */
const mostLines = 40;
const mostDifferences = 6;
const mostNames = 4;

/** What becomes of a stack's objects: a line for each that counts, and one for each sort of the others. */
export function stackChanges(stack: StackReview, findings: readonly ReviewFinding[], paper: Paper): void {
  const { name, counts, changes, unchanged, status } = stack;
  const { dim, yellow } = paper.colors;
  if (isFailed(stack)) {
    return;
  }
  paper.heading(`${plain(name)}  ${paper.colors.reset(`${countsText(counts)}, ${unchanged} unchanged`)}`);
  if (status === "incomplete") {
    paper.line(yellow("incomplete: applying it does not end where the configuration wants to be"), 2);
  }
  const worst = worstByChange(findings);
  const alone = changes.filter((change) => isWorthALine(change, name, worst));
  const groups = groupsOf(changes.filter((change) => !isWorthALine(change, name, worst)));
  const lines = [
    ...alone.map((change) => changeLine(change, paper)),
    ...groups.map((group) => groupLine(group, paper)),
  ];
  lines.slice(0, mostLines).forEach((line) => paper.line(line, 2, 4));
  if (lines.length > mostLines) {
    paper.line(dim(`${lines.length - mostLines} more lines`), 2);
  }
}

/** Whether a plan is there, whole, and changes no object. */
export function isUntouched({ status, changes }: StackReview): boolean {
  return status === "planned" && changes.length === 0;
}

/** Stacks in which nothing changes, in one line. */
export function untouchedStacks(stacks: readonly StackReview[], paper: Paper): void {
  if (stacks.length > 0) {
    paper.gap();
    paper.line(`${paper.colors.bold("No changes")}  ${stacks.map(({ name }) => plain(name)).join(", ")}`, 0, 4);
  }
}

/** What happens beside the changes: drift, what is put off, outputs, checks. */
export function outsideChanges(stack: StackReview, paper: Paper): void {
  const { name, drift, deferred, outputs, unknownFields } = stack;
  const { dim, red, yellow } = paper.colors;
  const titled = (title: string, count: number) => count > 0 && paper.heading(`${title} in ${plain(name)}`);
  titled("Changed outside of Terraform", drift.length);
  for (const change of drift) {
    const fed = change.fedThePlan ? yellow("  the plan builds on it") : "";
    paper.line(`${plain(change.address)}${fed}`, 2);
    change.differences.slice(0, mostDifferences).forEach((difference) => showDifference(difference, 4, paper));
  }
  titled("Put off", deferred.length);
  deferred.forEach(({ address, reason }) => paper.line(`${plain(address)}  ${dim(plain(reason))}`, 2));
  titled("Outputs", outputs.length);
  outputs.forEach((output) => showDifference(outputDifference(output), 2, paper));
  const checks = stack.checks.filter(({ status }) => status !== "pass");
  titled("Checks", checks.length);
  for (const { address, status, problems } of checks) {
    paper.line(`${status === "fail" || status === "error" ? red(plain(status)) : plain(status)}  ${plain(address)}`, 2);
    problems.forEach((problem) => paper.block(problem, 4));
  }
  titled("Not understood", unknownFields.length);
  unknownFields.forEach((field) => paper.line(plain(field), 2));
}

function changeLine(change: ReviewedChange, paper: Paper): string {
  const { dim } = paper.colors;
  const forcing = change.differences.filter(({ forcesReplacement }) => forcesReplacement);
  const why = forcing.map(({ path, before, after }) => `${path}: ${before ?? "nothing"} -> ${after ?? "nothing"}`);
  const changed = why.length > 0 || change.kind !== "update" ? why : [namesOf(change).slice(0, mostNames).join(", ")];
  const about = [...changed, ...remarks(change)].filter((text) => text !== "");
  return `${kindText(change.kind, paper)}  ${plain(change.address)}${about.length > 0 ? dim(`  ${plain(about.join("; "))}`) : ""}`;
}

function groupLine({ kind, type, names, changes }: ChangeGroup, paper: Paper): string {
  const [first] = changes;
  if (changes.length === 1) {
    return changeLine(first!, paper);
  }
  const shown = names.slice(0, mostNames).join(", ");
  const about = names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
  return `${kindText(kind, paper)}  ${changes.length} x ${plain(type)}${about === "" ? "" : paper.colors.dim(`  ${plain(about)}`)}`;
}

function kindText(kind: ReviewedChange["kind"], { colors }: Paper): string {
  const { green, yellow, red, cyan, magenta } = colors;
  const paints: Partial<Record<string, (text: string) => string>> = {
    create: green,
    update: yellow,
    destroy: red,
    forget: magenta,
    other: magenta,
  };
  return (paints[kind] ?? (kind.startsWith("replace") ? red : cyan))(kind);
}
