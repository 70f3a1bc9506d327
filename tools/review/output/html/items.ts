import { acceptedText } from "../../accepted-text";
import type { ReviewedChange, ReviewFinding } from "../../review";
import { isAtLeast, type Severity } from "../../severity";
import { namesOf } from "../groups";
import { capital, isLoss, placeOf, remarks } from "../words";
import { differencesTable } from "./differences";
import { html, type Markup } from "./markup";

const signs: Readonly<Record<ReviewedChange["kind"], string>> = {
  "replace, delete first": "-/+",
  "replace, create first": "+/-",
  "replace, forget": "+/.",
  destroy: "-",
  forget: ".",
  update: "~",
  create: "+",
  read: "<=",
  move: "→",
  import: "←",
  none: " ",
  other: "?",
};

/** What the page filters by: words of ours, or the place of a stack among all. */
interface Facets {
  readonly severity: Severity | undefined;
  readonly group: string;
  readonly stack: number;
}

/** Kinds as the page filters by them: all sorts of replacement are one. */
export function groupOf(kind: ReviewedChange["kind"]): string {
  return kind.startsWith("replace") ? "replace" : kind;
}

/** A finding with all that is known of it. */
export function findingCard(finding: ReviewFinding, facets: Facets): Markup {
  const { severity, title, rule, address, deposed, message, differences, why, check, digest, acknowledged } = finding;
  const accepted = acknowledged !== null;
  return html`<li class="finding severity-${severity}${accepted ? " accepted" : ""}" ${facetsOf(facets)}>
    <article id="finding-${digest}" tabindex="-1" aria-label="${capital(severity)}: ${title}">
      <header>
        <span class="badge">${accepted ? `accepted ${severity}` : severity}</span>
        <h3>${title}</h3>
        <code class="rule">${rule}</code>
      </header>
      <p class="message">${capital(message)}.</p>
      <p class="where">
        <code>${address}</code>${deposed !== null && html` <span class="tag">deposed ${deposed}</span>`}<span
          class="place"
          >${placeOf(finding)}</span
        >
      </p>
      ${differencesTable(differences)}
      <dl class="advice">
        <div>
          <dt>Why it matters</dt>
          <dd>${why}</dd>
        </div>
        <div>
          <dt>What to check</dt>
          <dd>${check}</dd>
        </div>
        ${
          accepted &&
          html`<div>
            <dt>Accepted ${acceptedText(acknowledged)}</dt>
            <dd>${acknowledged.reason}</dd>
          </div>`
        }
      </dl>
      <footer>
        <button type="button" class="link needs-script" data-find="${address}">Show its change</button
        ><span class="digest">Digest <code>${digest}</code></span>
      </footer>
    </article>
  </li>`;
}

/** A change in one line, that opens to what differs. */
export function changeItem(change: ReviewedChange, facets: Facets, also: readonly string[] = []): Markup {
  const { kind, address, type, constructPath, differences, moreDifferences } = change;
  const { severity } = facets;
  const isOpen = isLoss(change) || (severity !== undefined && isAtLeast(severity, "high"));
  const said = [...also, ...remarks(change)];
  const about = kind === "update" ? namesOf(change).join(", ") : (said.at(0) ?? "");
  return html`<li class="change kind-${groupOf(kind).replace(/\W/g, "-")}" ${facetsOf(facets)}>
    <details ${isOpen && html`open`}>
      <summary>
        <span class="sign" aria-hidden="true">${signs[kind]}</span><span class="kind">${kind}</span>
        <code class="address">${address}</code
        >${severity !== undefined && html`<span class="tag severity-${severity}">${severity}</span>`}<span class="about"
          >${about}</span
        >
      </summary>
      <div class="body">
        <p class="place">${constructPath ?? type}</p>
        ${
          said.length > 0 &&
          html`<ul class="remarks">
            ${said.map((remark) => html`<li>${capital(remark)}</li>`)}
          </ul>`
        }
        ${differences.length > 0 ? differencesTable(differences, moreDifferences) : html`<p class="nothing">No arguments to compare.</p>`}
      </div>
    </details>
  </li>`;
}

function facetsOf({ severity, group, stack }: Facets): Markup {
  return html`data-severity="${severity ?? "none"}" data-kind="${group}" data-stack="${stack}"`;
}
