import {
  hasAccelerators,
  isAccelerator,
  isLeast,
  isMachine,
  isQuantity,
  isStanding,
} from "../../../../catalog/paid-arguments";
import { isFalse, isObject, numberOf, show, textOf } from "../../../../policies/arguments";
import { type ArgumentChange, argumentChangesOf } from "../../differences/argument-change";
import { rolloutPoliciesOf } from "../../rollout-policies";
import type { ReviewRule } from "../rule";
import { together } from "../wording";
import { holdsRequest, replicasOf, withRequests } from "./embedded";

export const newIsPaidFor: ReviewRule = {
  id: "cost/new",
  title: "Something new is paid for by the hour",
  severity: "medium",
  why: "Accelerators, least numbers and reservations are paid for from the first hour on, whether anybody asks for them or not. What it costs is not reckoned here.",
  check: "Who pays for it, is it needed in this environment, and is there quota for it?",
  find: (stack) => {
    const names = new PaidNames();
    const severity = stack.isNew ? "low" : "medium";
    const objects = stack.changes
      .filter(
        ({ type, isManaged, isCreated, planned }) =>
          isManaged && isCreated && (holdsRequest(type) || names.areIn(planned.after)),
      )
      .map((change) => {
        const own = change.differences.flatMap(argumentChangesOf);
        return { address: change.address, found: paidFor(change.type, withRequests(change, own)) };
      });
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

/** Whether some argument has a name of what is paid for: of most new objects nothing else is looked at. */
class PaidNames {
  private readonly known = new Map<string, boolean>();

  areIn(value: unknown, name = ""): boolean {
    if (Array.isArray(value)) {
      return value.some((element) => this.areIn(element, name));
    }
    return isObject(value)
      ? Object.entries(value).some(([inner, part]) => part !== null && this.areIn(part, `${lastOf(name)}.${inner}`))
      : this.has(name);
  }

  private has(name: string): boolean {
    const isPaid =
      this.known.get(name) ?? (isQuantity(name) || isMachine(name) || isAccelerator(name) || name.endsWith("cpu_idle"));
    this.known.set(name, isPaid);
    return isPaid;
  }
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function textOfNew({ name, after, isSensitive }: ArgumentChange): string {
  return isSensitive ? `'${name}' is set: its value is sensitive` : `'${name}' is ${show(after)}`;
}
