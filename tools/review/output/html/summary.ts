import { plural } from "../../../../config/text";
import { accessText, applyCommand, capital, openFindings, severityText, verdict } from "../words";
import type { Review } from "../../review";
import { isAtLeast } from "../../severity";
import { html, type Markup } from "./markup";
import { facetCounts } from "./sections";

const looks = { failed: "bad", blocked: "bad", changes: "active", "no changes": "good" } as const;
/** Where it is not `to` and the kind. */
const verbs: Readonly<Record<string, string>> = { create: "to add", update: "to change", other: "not known here" };

/** Findings that are named at the top; the others are counted. */
const mostNamed = 5;

/** What comes of the plans, and what to do about it. */
export function summary(review: Review): Markup {
  const { outcome, environment, commit, stacks } = review;
  const about = [environment, commit === null ? null : `commit ${commit.slice(0, 12)}`, plural(stacks.length, "stack")];
  const command = applyCommand(review);
  return html`<section class="card summary ${looks[outcome]}" aria-labelledby="headline">
    <div class="story">
      <p class="eyebrow">
        <span class="pill ${looks[outcome]}">${capital(outcome)}</span
        ><span>${about.filter((part) => part !== null).join(" · ")}</span>
      </p>
      <h1 id="headline">${verdict(review)}</h1>
      <p class="detail">${detail(review)}</p>
      ${blockers(review)}
      ${command !== undefined && html`<p class="command"><code>${command}</code><button type="button" class="quiet needs-script" data-copy="${command}">Copy</button></p>`}
    </div>
    ${tiles(review)}
  </section>`;
}

function detail(review: Review): string {
  const { outcome, findings } = review;
  const access = accessText(review);
  const also = access === "" ? "" : ` Access ${review.isAccessBroadened ? "gets wider" : "changes"}: ${access}.`;
  const open = `${capital(severityText(openFindings(findings)))} open.`;
  switch (outcome) {
    case "failed":
      return `Nothing can be applied: mend what failed, plan again, and review again. ${open}${also}`;
    case "blocked":
      return `Change the plan, or accept each finding in writing, with a reason and a last day. ${open}${also}`;
    case "changes":
      return `${open}${also}`;
    case "no changes":
      return "What is deployed is what the configuration says.";
  }
}

/** What has to be dealt with before anything is applied. */
function blockers({ findings, failOn }: Review): Markup | undefined {
  const blocking = openFindings(findings).filter(({ severity }) => failOn !== null && isAtLeast(severity, failOn));
  const more = blocking.length - mostNamed;
  return blocking.length === 0
    ? undefined
    : html`<ul class="blockers">
        ${blocking.slice(0, mostNamed).map(
          ({ severity, title, address, digest }) =>
            html`<li class="severity-${severity}">
              <a href="#finding-${digest}"
                ><span class="badge">${severity}</span><span>${title}</span><code>${address}</code></a
              >
            </li>`,
        )}${more > 0 && html`<li>and ${more} more</li>`}
      </ul>`;
}

function tiles(review: Review): Markup {
  const { kinds } = facetCounts(review);
  return html`<dl class="tiles">
    ${kinds.map(
      ([kind, count]) =>
        html`<div class="kind-${kind}">
          <dt>${verbs[kind] ?? `to ${kind}`}</dt>
          <dd>${count.toLocaleString("en")}</dd>
        </div>`,
    )}
  </dl>`;
}
