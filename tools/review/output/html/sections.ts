import type { Review, StackReview } from "../../review";
import { bySeverity, isAtLeast, severities } from "../../severity";
import { changeKey, countsText, isFailed, isLoss, openFindings, worstByChange } from "../words";
import { changeItem, findingCard, groupOf } from "./items";
import { section, stackIndex } from "./chapter";
import { lazyList } from "./list";
import { html, type Markup } from "./markup";

/** What a reader should mind first comes first. */
const kindsInOrder = [
  "destroy",
  "replace, delete first",
  "replace, create first",
  "replace, forget",
  "other",
  "forget",
  "update",
  "create",
  "import",
  "move",
  "read",
] as const satisfies readonly (keyof Review["counts"])[];

/** Plans that there are not, with what Terraform says. */
export function failures({ stacks }: Review): Markup | undefined {
  const failed = stacks.filter(isFailed);
  return failed.length === 0
    ? undefined
    : section(
        "failed",
        "Failed plans",
        failed.length,
        failed.map(
          ({ name, status, error }) =>
            html`<article class="card failure">
              <h3>${name} <span class="tag bad">${status}</span></h3>
              <div class="output terraform" role="region" tabindex="0" aria-label="What Terraform says of ${name}">
                ${(error ?? "Terraform stopped in the middle of the plan").split("\n").map((line) => html`<div>${line}</div>`)}
              </div>
            </article>`,
        ),
      );
}

export function findings(review: Review): Markup | undefined {
  const kinds = new Map(
    review.stacks.flatMap(({ name, changes }) =>
      changes.map((change) => [changeKey(name, change), groupOf(change.kind)] as const),
    ),
  );
  const cards = review.findings.map((finding) =>
    findingCard(finding, {
      severity: finding.severity,
      group: kinds.get(changeKey(finding.stack, finding)) ?? "none",
      stack: stackIndex(review, finding.stack),
    }),
  );
  return cards.length === 0
    ? undefined
    : section("findings", "Findings", openFindings(review.findings).length, lazyList("findings", cards));
}

/** Members that get or lose a role. */
export function access({ access: changes, isAccessBroadened }: Review): Markup | undefined {
  const rows = changes.map(
    ({ effect, member, role, resource, condition, stack }) =>
      html`<tr class="effect-${effect.replace(" ", "-")}">
        <td data-label="Effect"><span class="tag">${effect}</span></td>
        <td data-label="Member"><code>${member}</code></td>
        <td data-label="Role"><code>${role}</code></td>
        <td data-label="On"><code>${resource}</code><span class="place">${stack}</span></td>
        <td data-label="Condition">
          ${condition === null ? html`<span class="nothing">none</span>` : html`<code>${condition}</code>`}
        </td>
      </tr>`,
  );
  return rows.length === 0
    ? undefined
    : section(
        "access",
        isAccessBroadened ? "Access gets wider" : "Access",
        rows.length,
        html`<div class="card flush">
          <table class="access">
            <thead>
              <tr>
                <th scope="col"><span class="hidden">Effect</span></th>
                <th scope="col">Member</th>
                <th scope="col">Role</th>
                <th scope="col">On</th>
                <th scope="col">Condition</th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>
        </div>`,
      );
}

/** All changes by stack, the worst first in each; a stack whose changes are harmless is closed. */
export function changes(review: Review): Markup {
  const worst = worstByChange(review.findings);
  const planned = review.stacks.filter((stack) => !isFailed(stack));
  return section(
    "changes",
    "Changes by stack",
    planned.reduce((sum, stack) => sum + stack.changes.length, 0),
    planned.map((stack) => {
      const ranked = stack.changes
        .map((change) => ({ change, severity: worst.get(changeKey(stack.name, change)) }))
        .sort(
          (one, other) =>
            bySeverity(one.severity ?? "info", other.severity ?? "info") ||
            Number(isLoss(other.change)) - Number(isLoss(one.change)),
        );
      const isOpen = ranked.some(
        ({ change, severity }) => isLoss(change) || (severity !== undefined && isAtLeast(severity, "medium")),
      );
      const items = ranked.map(({ change, severity }) =>
        changeItem(change, { severity, group: groupOf(change.kind), stack: stackIndex(review, stack.name) }),
      );
      return html`<details class="card stack" ${isOpen && html`open`}>
        <summary>
          <h3>${stack.name}</h3>
          <span class="counts">${stackText(stack)}</span>
        </summary>
        ${items.length > 0 && lazyList(stack.name, items)}
      </details>`;
    }),
  );
}

/** Severities and kinds that occur, with how often. */
export function facetCounts({ findings: all, counts }: Review): {
  severities: readonly (readonly [string, number])[];
  kinds: readonly (readonly [string, number])[];
} {
  const kinds = new Map<string, number>();
  for (const kind of kindsInOrder) {
    const group = groupOf(kind);
    kinds.set(group, (kinds.get(group) ?? 0) + (counts[kind] ?? 0));
  }
  return {
    severities: severities
      .map((severity) => [severity, openFindings(all).filter((each) => each.severity === severity).length] as const)
      .filter(([, count]) => count > 0),
    kinds: [...kinds].filter(([, count]) => count > 0),
  };
}

function stackText({ counts, unchanged, status }: StackReview): string {
  return `${countsText(counts)}, ${unchanged} unchanged${status === "incomplete" ? ", incomplete" : ""}`;
}
