import type { Markup } from "./markup";
import { html, Markup as Html } from "./markup";

/**
 * A list that the page shows as it is read: one element a line, within `noscript`, where a browser with scripts reads text and builds
 * nothing. Without scripts all of it is there.
 */
export function lazyList(name: string, items: readonly Markup[]): Markup {
  const lines = new Html(items.map((item) => `\n${item.html}`).join(""));
  return html`<div class="list" data-list="${name}">
    <noscript
      ><ul class="items">
        ${lines}${new Html("\n")}
      </ul></noscript
    >
  </div>`;
}
