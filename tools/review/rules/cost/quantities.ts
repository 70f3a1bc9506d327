import { isQuantity } from "../../../../catalog/paid-arguments";
import type { ArgumentChange } from "../../differences/argument-change";
import { changeText, together } from "../wording";
import { startsAlways } from "./always-on";
import { amountOf } from "./amount";
import { paidRule } from "./paid-rule";

export const quantitiesChange = paidRule({
  id: "cost/quantity",
  title: "How much runs changes",
  severity: "medium",
  why: "Replicas and accelerators are paid for by the hour whether they work or not, and more of them need quota; fewer may not carry the load. What it costs is not reckoned here.",
  check: "Who pays for it, is there quota for it, and does the peak still fit?",
  findIn: (changes) => {
    const found = changes.filter(isOther);
    return found.length > 0
      ? {
          severity: found.some(isJump) ? "medium" : "low",
          message: together(found.map(textOf)),
          differences: found.map(({ difference }) => difference),
        }
      : undefined;
  },
});

function isOther(change: ArgumentChange): boolean {
  const { name, before, after } = change;
  const differs = (amountOf(before) ?? 0) !== (amountOf(after) ?? 0);
  return isQuantity(name) && differs && !startsAlways(change);
}

/** At least twice as much, or some of what there was none of. */
function isJump({ before, after }: ArgumentChange): boolean {
  return (amountOf(after) ?? 0) >= 2 * (amountOf(before) ?? 0);
}

/** Which way a hidden amount goes is worth more to a reviewer than to anybody else. */
function textOf(change: ArgumentChange): string {
  const grows = (amountOf(change.after) ?? 0) > (amountOf(change.before) ?? 0);
  return change.isSensitive
    ? `'${change.name}' ${grows ? "grows" : "shrinks"}: its value is sensitive`
    : changeText(change);
}
