import { isQuantity } from "../../../../catalog/paid-arguments";
import type { ArgumentChange } from "../../differences/argument-change";
import { changeRule } from "../rule";
import { amountOf } from "./amount";
import { withRequests } from "./embedded";
import { startsAlways } from "./always-on";
import { changeText, together } from "../wording";

export const quantitiesChange = changeRule({
  id: "cost/quantity",
  title: "How much runs changes",
  severity: "medium",
  why: "Replicas and accelerators are paid for by the hour whether they work or not, and more of them need quota; fewer may not carry the load. What it costs is not reckoned here.",
  check: "Who pays for it, is there quota for it, and does the peak still fit?",
  findIn: (change) => {
    const found = change.isManaged && change.isChange ? withRequests(change, change.arguments).filter(isOther) : [];
    return found.length > 0
      ? {
          severity: found.some(isJump) ? "medium" : "low",
          message: together(found.map(changeText)),
          differences: found.map(({ difference }) => difference),
        }
      : undefined;
  },
});

function isOther(change: ArgumentChange): boolean {
  const { name, before, after, isUnknown } = change;
  const differs = (amountOf(before) ?? 0) !== (amountOf(after) ?? 0);
  return isQuantity(name) && !isUnknown && differs && !startsAlways(change);
}

/** At least twice as much, or some of what there was none of. */
function isJump({ before, after }: ArgumentChange): boolean {
  return (amountOf(after) ?? 0) >= 2 * (amountOf(before) ?? 0);
}
