import { show } from "../../../policies/arguments";
import type { ArgumentChange } from "../differences/argument-change";
import type { ChangeKind } from "../plan/kind";

/** Texts that one message holds; the others are counted. */
const most = 3;

/** What becomes of an argument. Values that the plan marks as sensitive stay out of messages. */
export function changeText({ name, before, after, isUnknown, isSensitive }: ArgumentChange): string {
  if (isSensitive) {
    return `'${name}' changes: its value is sensitive`;
  }
  return isUnknown
    ? `'${name}' was ${show(before)}, and is known after apply only`
    : `'${name}' changes from ${show(before)} to ${show(after)}`;
}

/** What becomes of an object that Terraform forgets. */
export function forgottenText(kind: ChangeKind): string {
  return kind === "forget"
    ? "stays where it is, and Terraform forgets it"
    : "stays where it is, Terraform forgets it, and makes another beside it";
}

/** Texts as one, each once. */
export function together(texts: readonly string[], separator = "; "): string {
  const unique = [...new Set(texts)];
  const more = unique.length - most;
  return [...unique.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])].join(separator);
}
