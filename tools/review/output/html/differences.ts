import type { ShownDifference } from "../../differences/shown";
import { html, type Markup } from "./markup";

/** Before and after side by side; texts of many lines by the lines that differ. */
export function differencesTable(differences: readonly ShownDifference[], more = 0): Markup {
  if (differences.length === 0) {
    return html``;
  }
  const isNew = differences.every(({ before, lines }) => before === null && lines === undefined);
  const isGone = differences.every(({ after, lines }) => after === null && lines === undefined);
  const heads = isNew ? ["Value"] : isGone ? ["Value before"] : ["Before", "After"];
  return html`<table class="differences ${heads.length === 1 ? "single" : ""}">
      <thead>
        <tr>
          <th scope="col">Argument</th>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${differences.map((difference) => row(difference, isNew, isGone))}
      </tbody>
    </table>
    ${more > 0 && html`<p class="more">${more} more arguments change.</p>`}`;
}

function row(difference: ShownDifference, isNew: boolean, isGone: boolean): Markup {
  const { path, before, after, forcesReplacement, lines } = difference;
  const head = html`<th scope="row">
    <code>${path}</code>${forcesReplacement && html` <span class="tag bad">forces replacement</span>`}
  </th>`;
  if (lines !== undefined) {
    return html`<tr>
      ${head}
      <td colspan="2" class="long">
        <div class="lines" tabindex="0" role="group" aria-label="Lines of ${path}">${sideBySide(lines)}</div>
      </td>
    </tr>`;
  }
  const [old, next] = sides(before, after);
  return html`<tr>
    ${head}${!isNew && html`<td class="before" data-label="Before">${old}</td>`}
    ${!isGone && html`<td class="after" data-label="After">${next}</td>`}
  </tr>`;
}

/** Lines that were on the left, lines that are on the right; those that stay stand on both sides. */
function sideBySide(lines: readonly string[]): Markup[] {
  const cells: Markup[] = [];
  let [minus, plus]: [string[], string[]] = [[], []];
  const flush = () => {
    for (let index = 0; index < Math.max(minus.length, plus.length); index++) {
      cells.push(cell("minus", minus[index]), cell("plus", plus[index]));
    }
    [minus, plus] = [[], []];
  };
  for (const line of lines) {
    if (line.startsWith("-")) {
      minus.push(line);
    } else if (line.startsWith("+")) {
      plus.push(line);
    } else {
      flush();
      cells.push(
        ...(line.startsWith("@") ? [cell("place", line.slice(2))] : [cell("same", line), cell("same copy", line)]),
      );
    }
  }
  flush();
  return cells;
}

function cell(name: string, line: string | undefined): Markup {
  return line === undefined ? html`<div class="empty"></div>` : html`<div class="${name}">${line}</div>`;
}

/** Both values, with the part marked in which they differ, where they have something in common. */
function sides(before: string | null, after: string | null): [Markup, Markup] {
  if (before === null || after === null || after.startsWith("(")) {
    return [value(before), value(after)];
  }
  const start = commonStart(before, after);
  const end = commonStart(reversed(before.slice(start)), reversed(after.slice(start)));
  if (start + end < 3) {
    return [value(before), value(after)];
  }
  const marked = (text: string) => {
    const middle = text.slice(start, text.length - end);
    const parts = [text.slice(0, start), middle !== "" && html`<mark>${middle}</mark>`, text.slice(text.length - end)];
    return html`<code>${parts}</code>`;
  };
  return [marked(before), marked(after)];
}

function value(text: string | null): Markup {
  return text === null
    ? html`<span class="nothing">nothing</span>`
    : text.startsWith("(")
      ? html`<em>${text}</em>`
      : html`<code>${text}</code>`;
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) {
    length += 1;
  }
  return length;
}

function reversed(text: string): string {
  return text.split("").reverse().join("");
}
