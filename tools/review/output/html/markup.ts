import { visible } from "../visible";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** HTML that was written here: what a plan says comes into it as text only. */
export class Markup {
  constructor(readonly html: string) {}

  toString(): string {
    return this.html;
  }
}

type Part = Markup | string | number | false | null | undefined | readonly Part[];

/** A template of HTML: whatever is put into it and is no `Markup` is text, in one line, with what is invisible told. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    texts
      .map((text, index) => text.replace(/\s*\n\s*/g, " ") + (index < parts.length ? partHtml(parts[index]) : ""))
      .join(""),
  );
}

export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character]!);
}

function partHtml(part: Part): string {
  if (part === false || part === null || part === undefined) {
    return "";
  }
  return part instanceof Markup
    ? part.html
    : Array.isArray(part)
      ? part.map(partHtml).join("")
      : escapeHtml(String(part as string | number));
}
