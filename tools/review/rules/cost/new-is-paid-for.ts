import {
  hasAccelerators,
  isAccelerator,
  isLeast,
  isMachine,
  isQuantity,
  isStanding,
} from "../../../../catalog/paid-arguments";
import { isFalse, isObject, numberOf, show, textOf } from "../../../../policies/arguments";
import type { Change } from "../../change";
import { type ArgumentChange, argumentChangesOf } from "../../differences/argument-change";
import type { ReviewRule } from "../rule";
import { together } from "../wording";
import { holdsRequest, withRequests } from "./embedded";

export const newIsPaidFor: ReviewRule = {
  id: "cost/new",
  title: "Something new is paid for by the hour",
  severity: "medium",
  why: "Accelerators, least numbers and reservations are paid for from the first hour on, whether anybody asks for them or not. What it costs is not reckoned here.",
  check: "Who pays for it, is it needed in this environment, and is there quota for it?",
  find: (stack) => {
    const names = new PaidNames();
    const severity = stack.isNew ? "low" : "medium";
    return stack.changes
      .filter(
        ({ type, isManaged, isCreated, planned }) =>
          isManaged && isCreated && (holdsRequest(type) || names.areIn(planned.after)),
      )
      .map((change) => ({ address: change.address, found: paidFor(change) }))
      .filter(({ found }) => found.length > 0)
      .map(({ address, found }) => ({
        ...{ address, severity },
        message: together(found.map(textOfNew)),
        differences: [...new Set(found.map(({ difference }) => difference))],
      }));
  },
};

/** Accelerators first: they cost the most. */
function paidFor(change: Change): ArgumentChange[] {
  const own = change.differences.flatMap(argumentChangesOf);
  const all = withRequests(change, own).filter(({ isUnknown }) => !isUnknown);
  const [withAccelerators, others] = [all.filter(isWithAccelerators), all.filter((each) => !isWithAccelerators(each))];
  return [...withAccelerators, ...others.filter((each) => isAlwaysThere(each, change.type))];
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
