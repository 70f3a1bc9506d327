import { isLeast } from "../../../../catalog/paid-arguments";
import { isAmong, isTrue, numberOf } from "../../../../policies/arguments";
import type { ArgumentChange } from "../../differences/argument-change";
import { changeRule } from "../rule";
import { withRequests } from "./embedded";
import { changeText, together } from "../wording";

const isJob = /^google_dataflow_(?:flex_template_)?job$/;

export const alwaysOn = changeRule({
  id: "cost/always-on",
  title: "Something runs all the time from now on",
  severity: "medium",
  why: "What scales to zero costs nothing at night. A least number of instances, CPU that is not idled, and a streaming job are paid for around the clock.",
  check: "Is it needed around the clock, in this environment as well?",
  findIn: (change) => {
    if (change.isCreated && isJob.test(change.type)) {
      return { severity: "low", message: "a Dataflow job starts: one that streams runs until somebody stops it" };
    }
    const found =
      change.isManaged && change.isChange ? withRequests(change, change.arguments).filter(startsAlways) : [];
    return found.length > 0
      ? { message: together(found.map(changeText)), differences: found.map(({ difference }) => difference) }
      : undefined;
  },
});

/** Whether there was nothing to pay for while nobody asked, and will be. */
export function startsAlways({ name, before, after }: ArgumentChange): boolean {
  return name.endsWith("cpu_idle")
    ? isTrue(before) && isAmong(after, [false])
    : isLeast(name) && (numberOf(before) ?? 0) === 0 && (numberOf(after) ?? 0) > 0;
}
