import { plural } from "../../../config/text";
import type { ChangeKind } from "../plan/kind";
import type { ShownDifference } from "../differences/shown";
import type { Review, ReviewedChange, ReviewedOutput, ReviewFinding, StackReview } from "../review";
import { isAtLeast, severities, type Severity } from "../severity";

/** What Terraform's users call a change, in the order in which they are told. */
const verbs: readonly (readonly [verb: string, ...kinds: ChangeKind[]])[] = [
  ["add", "create"],
  ["change", "update"],
  ["replace", "replace, delete first", "replace, create first"],
  ["destroy", "destroy"],
  ["forget", "forget"],
  ["forget and make again", "replace, forget"],
  ["move", "move"],
  ["import", "import"],
  ["read", "read"],
];

type Counts = Review["counts"];

/** Such as `3 to add, 1 to change, 1 to replace`. */
export function countsText(counts: Counts): string {
  const told = verbs.flatMap(([verb, ...kinds]) => {
    const count = kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
    return count > 0 ? [`${count} to ${verb}`] : [];
  });
  const other = counts.other ?? 0;
  return [...told, ...(other > 0 ? [`${other} of a kind that is not known here`] : [])].join(", ") || "no changes";
}

/** What all plans change together; a plan that there is not is never told as one that changes nothing. */
export function planText({ outcome, counts, stacks }: Review): string {
  return stacks.every(isFailed) && outcome === "failed"
    ? "none"
    : `${countsText(counts)}${outcome === "failed" ? ", without the plans that failed" : ""}`;
}

/** What comes of the plans, in one sentence without a full stop. */
export function verdict({ outcome, stacks, findings, failOn }: Review): string {
  switch (outcome) {
    case "failed":
      return stacks.length === 0
        ? "Failed: there is no plan"
        : `Failed: ${plural(stacks.filter(isFailed).length, "plan")} of ${stacks.length} failed, or cannot be read`;
    case "blocked":
      return `Blocked by ${severityText(openFindings(findings).filter(({ severity }) => failOn !== null && isAtLeast(severity, failOn)))}`;
    case "changes":
      return "Changes, and nothing that blocks";
    case "no changes":
      return "No changes";
  }
}

/** How to go on; `undefined` where nothing can be applied. */
export function applyCommand({ outcome, applyWith }: Review): string | undefined {
  return outcome === "changes" && applyWith !== null ? applyWith : undefined;
}

/** Such as `1 critical and 2 high findings`. */
export function severityText(findings: readonly ReviewFinding[]): string {
  const counts = severities
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0);
  const told = counts.map(({ severity, count }) => `${count} ${severity}`);
  return told.length === 0 ? "no findings" : `${list(told)} finding${counts.at(-1)!.count === 1 ? "" : "s"}`;
}

/** Such as `1 grant added, 2 grants removed`; empty where access stays as it is. */
export function accessText({ access }: Review): string {
  const count = (effect: string) => access.filter((each) => each.effect === effect).length;
  const [gets, may, loses] = [count("gets"), count("may get"), count("loses")];
  return [
    ...(gets > 0 ? [`${plural(gets, "grant")} added`] : []),
    ...(may > 0 ? [`${plural(may, "grant")} that may be added`] : []),
    ...(loses > 0 ? [`${plural(loses, "grant")} removed`] : []),
  ].join(", ");
}

export function isFailed({ status }: StackReview): boolean {
  return status === "failed" || status === "missing" || status === "errored" || status === "orphaned";
}

export function openFindings(findings: readonly ReviewFinding[]): readonly ReviewFinding[] {
  return findings.filter(({ acknowledged }) => acknowledged === null);
}

/** Whether an object is lost, or may be: such a change is never summarised. */
export function isLoss({ kind }: ReviewedChange): boolean {
  return kind === "destroy" || kind === "other" || kind.startsWith("replace");
}

/** Where an object is declared: its construct, whose path begins with the stack, or the stack. */
export function placeOf({ stack, constructPath }: Pick<ReviewFinding, "stack" | "constructPath">): string {
  return constructPath === null ? stack : constructPath.startsWith(stack) ? constructPath : `${stack}/${constructPath}`;
}

/** The worst open finding about each change of a stack, by `changeKey`. */
export function worstByChange(findings: readonly ReviewFinding[]): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { stack, address, deposed, severity } of openFindings(findings)) {
    const key = changeKey(stack, { address, deposed });
    const known = worst.get(key);
    worst.set(key, known !== undefined && isAtLeast(known, severity) ? known : severity);
  }
  return worst;
}

export function changeKey(stack: string, { address, deposed }: Pick<ReviewedChange, "address" | "deposed">): string {
  return JSON.stringify([stack, address, deposed]);
}

/** What else there is to say of a change: where it was, what is imported, why. */
export function remarks({ deposed, movedFrom, imports, reason, kind, actions }: ReviewedChange): string[] {
  return [
    ...(deposed === null ? [] : [`an old object that was replaced before: deposed ${deposed}`]),
    ...(movedFrom === null ? [] : [`was ${movedFrom}`]),
    ...(imports === null ? [] : [`imports ${imports}`]),
    ...(kind === "other" ? [`Terraform's actions are ${actions.join(", ") || "none"}`] : []),
    ...(reason === null ? [] : [reason]),
  ];
}

/** An output as a difference that is named after it. */
export function outputDifference({ name: path, before, after, lines }: ReviewedOutput): ShownDifference {
  return { path, before, after, forcesReplacement: false, ...(lines ? { lines } : {}) };
}

/** Such as `a, b and c`. */
function list(texts: readonly string[]): string {
  return texts.length > 1 ? `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)!}` : (texts[0] ?? "");
}

/** A text as the beginning of a sentence; a name at its beginning stays as it is. */
export function capital(text: string): string {
  return /^[a-z]+(?=[ ,']|$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
