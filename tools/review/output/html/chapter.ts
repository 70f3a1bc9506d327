import { plural } from "../../../../config/text";
import type { Review } from "../../review";
import { html, type Markup } from "./markup";

/** Place of a stack among all, as the page filters by it. */
export function stackIndex({ stacks }: Review, name: string): number {
  return stacks.findIndex((stack) => stack.name === name);
}

/** A part of the page with its heading. */
export function section(id: string, title: string, count: number, content: Markup | readonly Markup[]): Markup {
  return html`<section class="chapter" id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">
      ${title} <span class="count" aria-label="${plural(count, "entry").replace("entrys", "entries")}">${count}</span>
    </h2>
    ${content}
  </section>`;
}
