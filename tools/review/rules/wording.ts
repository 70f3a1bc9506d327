import { show } from "../../../policies/arguments";
import type { ArgumentChange } from "../differences/argument-change";

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

/** Texts as one, each once. */
export function together(texts: readonly string[], separator = "; "): string {
  const unique = [...new Set(texts)];
  const more = unique.length - most;
  return [...unique.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])].join(separator);
}
