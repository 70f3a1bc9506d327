import type { Review } from "../../review";
import { outputDifference } from "../words";
import { section, stackIndex } from "./chapter";
import { differencesTable } from "./differences";
import { changeItem } from "./items";
import { lazyList } from "./list";
import { html, type Markup } from "./markup";

/** What somebody changed outside of Terraform. What fed the plan comes first. */
export function drift(review: Review): Markup | undefined {
  const drifted = review.stacks
    .flatMap((stack) => stack.drift.map((change) => ({ change, stack: stack.name })))
    .sort((one, other) => Number(other.change.fedThePlan ?? false) - Number(one.change.fedThePlan ?? false));
  const items = drifted.map(({ change, stack }) =>
    changeItem(change, { severity: undefined, group: "drift", stack: stackIndex(review, stack) }, [
      `in ${stack}`,
      ...(change.fedThePlan ? ["the plan builds on it"] : []),
    ]),
  );
  return items.length === 0
    ? undefined
    : section(
        "drift",
        "Changed outside of Terraform",
        items.length,
        html`<div class="card flush">${lazyList("drift", items)}</div>`,
      );
}

export function outputs({ stacks }: Review): Markup | undefined {
  const changed = stacks.filter((stack) => stack.outputs.length > 0);
  return changed.length === 0
    ? undefined
    : section(
        "outputs",
        "Outputs",
        changed.reduce((sum, stack) => sum + stack.outputs.length, 0),
        changed.map(
          (stack) =>
            html`<div class="card">
              <h3>${stack.name}</h3>
              ${differencesTable(stack.outputs.map(outputDifference))}
            </div>`,
        ),
      );
}

/** What a reader should know of a plan beside its changes. */
export function notes({ stacks }: Review): Markup | undefined {
  const items = stacks.flatMap(({ name, status, checks, deferred, unknownFields }) => [
    ...(status === "incomplete"
      ? [
          html`<li>
            <span class="tag warn">incomplete</span> Applying <code>${name}</code> does not end where the configuration
            wants to be.
          </li>`,
        ]
      : []),
    ...checks
      .filter((check) => check.status !== "pass")
      .map(
        (check) =>
          html`<li>
            <span class="tag ${check.status === "unknown" ? "" : "bad"}">${check.status}</span> Check
            <code>${check.address}</code> in
            <code>${name}</code>${check.problems.length > 0 && `: ${check.problems.join(" ")}`}
          </li>`,
      ),
    ...deferred.map(
      ({ address, reason }) =>
        html`<li><span class="tag">put off</span> <code>${address}</code> in <code>${name}</code>: ${reason}</li>`,
    ),
    ...unknownFields.map(
      (field) => html`<li><span class="tag">not understood</span> <code>${field}</code> in <code>${name}</code></li>`,
    ),
  ]);
  return items.length === 0
    ? undefined
    : section(
        "notes",
        "Beside the changes",
        items.length,
        html`<ul class="card notes">
          ${items}
        </ul>`,
      );
}
