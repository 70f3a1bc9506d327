import { numberOf } from "../../../../policies/arguments";
import type { ArgumentChange } from "../../differences/argument-change";
import { changeRule } from "../rule";
import { startsAlways } from "./always-on";
import { changeText, together } from "../wording";

/** Names that arguments have which say how many, or how much, runs or is reserved. */
const quantities =
  /(?:^|\.)(?:(?:min|max|initial|manual|total_min|total_max)?_?(?:replica|instance|node|accelerator|worker|task|cpu|vm|shard|partition)_count|(?:min|max|num)_(?:replicas|instances|nodes|workers)|(?:guest_)?accelerators?\.count|machine_config\.cpu_count|processing_units|replicas|parallelism|capacity_gb|memory_size_gb|(?:boot_)?disk_size(?:_gb)?|provisioned_(?:iops|throughput)|slot_capacity|baseline_slots)$/;

export const quantitiesChange = changeRule({
  id: "cost/quantity",
  title: "How much runs changes",
  severity: "medium",
  why: "Replicas and accelerators are paid for by the hour whether they work or not, and more of them need quota; fewer may not carry the load. What it costs is not reckoned here.",
  check: "Who pays for it, is there quota for it, and does the peak still fit?",
  findIn: ({ isManaged, isChange, arguments: changed }) => {
    const found = isManaged && isChange ? changed.filter(isQuantity) : [];
    return found.length > 0
      ? {
          severity: found.some(isJump) ? "medium" : "low",
          message: together(found.map(changeText)),
          differences: found.map(({ difference }) => difference),
        }
      : undefined;
  },
});

function isQuantity(change: ArgumentChange): boolean {
  const { name, before, after, isUnknown } = change;
  const differs = (numberOf(before) ?? 0) !== (numberOf(after) ?? 0);
  return quantities.test(name) && !isUnknown && differs && !startsAlways(change);
}

/** At least twice as much, or some of what there was none of. */
function isJump({ before, after }: ArgumentChange): boolean {
  return (numberOf(after) ?? 0) >= 2 * (numberOf(before) ?? 0);
}
