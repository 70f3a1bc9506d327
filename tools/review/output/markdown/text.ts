import { shorten } from "../../shorten";
import { visible } from "../visible";

/** Longest text of a plan in one place; what is longer would crowd out other things. */
const longest = 300;

/** A space of no width, which no text of a plan has once it is made visible: it keeps a text from being a mention, a reference or a link. */
const apart = "&#8203;";

const tags: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A text of a plan between words of ours. It must not begin a line. GitHub turns names and links into more after Markdown is read. */
export function prose(text: string): string {
  return shorten(visible(text), longest)
    .replace(/@|#(?=\w)|gh-(?=\d)|:(?=\/\/|[\w+-]+:)|www(?=\.)/gi, "$&\u200b")
    .replace(/[&<>]/g, (character) => tags[character]!)
    .replace(/[\\|]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[`*_[\]~]/g, "\\$&")
    .replace(/\$/g, "<span>$$</span>")
    .replaceAll("\u200b", apart);
}

/** A name or value of a plan: nothing in it is read as Markdown, in a table neither. */
export function code(text: string): string {
  const shown = shorten(visible(text), longest);
  return /[`|\\]|^ | $|^$/.test(shown) ? htmlCode(text) : `\`${shown}\``;
}

/** The same where HTML stands, as in a summary. */
export function htmlCode(text: string): string {
  const shown = shorten(visible(text), longest).replace(/[^A-Za-z0-9 ]/gu, (character) =>
    character < "\u0080" ? `&#${character.charCodeAt(0)};` : character,
  );
  return `<code>${shown.replaceAll("&#64;", `&#64;${apart}`)}</code>`;
}

/** The fence that no text in these lines can close. */
export function fenceOf(blocks: readonly string[]): string {
  const runs = blocks.flatMap((block) => block.match(/`+/g) ?? []);
  return "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
}

/** A line within a fence. */
export function fenced(text: string): string {
  return `${shorten(visible(text), longest)}\n`;
}
