import type { ArgumentChange } from "../../differences/argument-change";
import type { PlannedStack } from "../../planned-stack";
import { rolloutPoliciesOf } from "../../rollout-policies";
import type { Described, Hit, ReviewRule } from "../rule";
import { replicasOf, withRequests } from "./embedded";

/** A rule about what something that exists runs on: what Terraform makes, what its requests ask for, and what rollouts deploy. */
export function paidRule(
  rule: Described & {
    readonly findIn: (changes: readonly ArgumentChange[]) => Omit<Hit, "address" | "deposed"> | undefined;
  },
): ReviewRule {
  const { findIn, ...described } = rule;
  return {
    ...described,
    find: (stack) =>
      placesIn(stack).flatMap(({ changes, ...place }) => {
        const hit = findIn(changes.filter(({ isUnknown }) => !isUnknown));
        return hit ? [{ ...hit, ...place }] : [];
      }),
  };
}

interface Place extends Pick<Hit, "address" | "deposed"> {
  readonly changes: readonly ArgumentChange[];
}

function placesIn(stack: PlannedStack): Place[] {
  const objects = stack.changes
    .filter(({ isManaged, isChange }) => isManaged && isChange)
    .map((change): Place => ({
      address: change.address,
      deposed: change.planned.deposed,
      changes: withRequests(change, change.arguments),
    }));
  const policies = rolloutPoliciesOf(stack)
    .filter(({ before, after }) => before !== undefined && after !== undefined)
    .map((policy): Place => ({
      address: policy.address,
      deposed: policy.object?.planned.deposed,
      changes: replicasOf(policy),
    }));
  return [...objects, ...policies];
}
