import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Review } from "../review";
import { drift, notes, outputs } from "./html/beside";
import { html, type Markup } from "./html/markup";
import { access, changes, facetCounts, failures, findings } from "./html/sections";
import { summary } from "./html/summary";
import { verdict } from "./words";

const folder = join(__dirname, "page");
const shared = join(__dirname, "../../page");

/** The review as one page that needs nothing from elsewhere. */
export function reviewHtml(review: Review): string {
  const style = read("base.css", shared) + read("style.css");
  const scripts = readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .sort()
    .map((name) => read(name));
  const parts: Readonly<Record<string, string>> = {
    policy: policy(style, scripts),
    title: html`${verdict(review)} · ${review.environment ?? "plan review"}`.html,
    about: html`${[review.environment, review.commit?.slice(0, 12)].filter(Boolean).join(" · ")}`.html,
    style: `<style>${style}</style>`,
    scripts: scripts.map((script) => `<script>${script}</script>`).join("\n"),
    filters: filters(review).html,
    content: html`${[
      failures(review),
      findings(review),
      access(review),
      changes(review),
      drift(review),
      outputs(review),
      notes(review),
    ]}`.html,
    summary: summary(review).html,
  };
  return read("index.html").replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
}

/** Only what stands in this page may run or style it, and nothing is fetched. */
function policy(style: string, scripts: readonly string[]): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${scripts.map(hash).join(" ")}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function filters(review: Review): Markup {
  const { severities, kinds } = facetCounts(review);
  const chips = (facet: string, values: readonly (readonly [string, number])[]) =>
    values.map(
      ([value, count]) =>
        html`<button
          type="button"
          class="chip ${facet}-${value}"
          data-facet="${facet}"
          data-value="${value}"
          aria-pressed="false"
        >
          ${value} <span class="count">${count.toLocaleString("en")}</span>
        </button>`,
    );
  return html` ${severities.length > 0 && html`<div class="chips" role="group" aria-label="Severity">${chips("severity", severities)}</div>`}
  ${kinds.length > 0 && html`<div class="chips" role="group" aria-label="Kind of change">${chips("kind", kinds)}</div>`}
  ${
    review.stacks.length > 1 &&
    html`<select id="stack" aria-label="Stack">
      <option value="">All stacks</option>
      ${review.stacks.map(({ name }, index) => html`<option value="${index}">${name}</option>`)}
    </select>`
  }`;
}

function read(name: string, from = folder): string {
  return readFileSync(join(from, name), "utf8");
}
