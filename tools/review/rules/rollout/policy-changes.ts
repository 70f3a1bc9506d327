import { show } from "../../../../policies/arguments";
import type { Difference } from "../../differences/difference";
import { type PlannedPolicy, rolloutPoliciesOf } from "../../rollout-policies";
import type { Hit, ReviewRule } from "../rule";
import { together } from "../wording";
import { type PolicyChange, policyChanges } from "./laxer";

export const rolloutPolicyChanges: ReviewRule = {
  id: "rollout/policy",
  title: "What a rollout may do changes",
  severity: "high",
  why: "Stages, limits and approvals decide how many users meet a bad version and who is asked. A rollout under way goes on with the policy it began with.",
  check: "Why is it laxer, and do the owners of the model know? Is a rollout under way?",
  find: (stack) => rolloutPoliciesOf(stack).flatMap((policy) => judge(policy)),
};

function judge({ address, object, before, after, isPublic }: PlannedPolicy): Hit[] {
  if (before === undefined) {
    return [];
  }
  if (after === undefined) {
    const isGone = object !== undefined && object.planned.after === null && object.kind !== "forget";
    return isGone ? [{ address, message: "the rollout policy is gone: the next rollout finds none, and fails" }] : [];
  }
  const changes = policyChanges(before, after);
  const message = together(changes.map((change) => textOf(change, isPublic)));
  const differences = changes.map((change) => differenceOf(change, isPublic));
  const severity = changes.some(({ isSevere }) => isSevere) ? "high" : "medium";
  return changes.length > 0 ? [{ address, severity, message, differences }] : [];
}

/** What the object hides is hidden here too. */
function differenceOf({ name, before, after }: PolicyChange, isPublic: boolean): Difference {
  const path = ["policy", ...name.split(".")];
  return { path, before, after, isUnknown: false, isSensitive: !isPublic, forcesReplacement: false };
}

function textOf({ name, before, after, isLaxer }: PolicyChange, isPublic: boolean): string {
  const verb = isLaxer ? "is laxer" : "changes";
  if (/^stages\.\d+ %$/.test(name)) {
    return `the stage '${name.slice("stages.".length)}' ${after === undefined ? "is gone" : "is added"}`;
  }
  return isPublic ? `'${name}' ${verb}: from ${show(before)} to ${show(after)}` : `'${name}' ${verb}`;
}
