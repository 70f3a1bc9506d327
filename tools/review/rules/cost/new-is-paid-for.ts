import { hasAccelerators, isAccelerator, isLeast, isMachine, isStanding } from "../../../../catalog/paid-arguments";
import { isFalse, numberOf, show, textOf } from "../../../../policies/arguments";
import { type ArgumentChange, argumentChangesOf } from "../../differences/argument-change";
import { rolloutPoliciesOf } from "../../rollout-policies";
import type { ReviewRule } from "../rule";
import { together } from "../wording";
import { holdsRequest, replicasOf, withRequests } from "./embedded";
import { MadeArguments } from "./made-arguments";

export const newIsPaidFor: ReviewRule = {
  id: "cost/new",
  title: "Something new is paid for by the hour",
  severity: "medium",
  why: "Accelerators, least numbers and reservations are paid for from the first hour on, whether anybody asks for them or not. What it costs is not reckoned here.",
  check: "Who pays for it, is it needed in this environment, and is there quota for it?",
  find: (stack) => {
    const made = new MadeArguments();
    const severity = stack.isNew ? "low" : "medium";
    const objects = stack.changes
      .filter(({ isManaged, isCreated }) => isManaged && isCreated)
      .map((change) => ({
        address: change.address,
        found: paidFor(
          change.type,
          holdsRequest(change.type)
            ? withRequests(change, change.differences.flatMap(argumentChangesOf))
            : made.of(change),
        ),
      }));
    const policies = rolloutPoliciesOf(stack)
      .filter(({ before, after }) => before === undefined && after !== undefined)
      .map((policy) => ({ address: policy.address, found: paidFor("", replicasOf(policy)) }));
    return [...objects, ...policies]
      .filter(({ found }) => found.length > 0)
      .map(({ address, found }) => ({
        ...{ address, severity },
        message: together(found.map(textOfNew)),
        differences: [...new Set(found.map(({ difference }) => difference))],
      }));
  },
};

/** Accelerators first: they cost the most. */
function paidFor(type: string, changes: readonly ArgumentChange[]): ArgumentChange[] {
  const known = changes.filter(({ isUnknown }) => !isUnknown);
  const others = known.filter((each) => !isWithAccelerators(each));
  return [...known.filter(isWithAccelerators), ...others.filter((each) => isAlwaysThere(each, type))];
}

function isWithAccelerators({ name, after }: ArgumentChange): boolean {
  return isAccelerator(name)
    ? textOf(after) !== "" && numberOf(after) !== 0
    : isMachine(name) && hasAccelerators(textOf(after));
}

/** What only says how others will be made runs nothing by itself. */
const isPattern = /_(?:template|policy)$/;

function isAlwaysThere({ name, after }: ArgumentChange, type: string): boolean {
  const isReserved =
    isLeast(name) || isStanding(name) || (type === "google_bigquery_bi_reservation" && name === "size");
  return name.endsWith("cpu_idle") ? isFalse(after) : isReserved && !isPattern.test(type) && (numberOf(after) ?? 0) > 0;
}

function textOfNew({ name, after, isSensitive }: ArgumentChange): string {
  return isSensitive ? `'${name}' is set: its value is sensitive` : `'${name}' is ${show(after)}`;
}
