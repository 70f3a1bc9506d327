import { isDeepStrictEqual } from "node:util";

import { type Arguments, isNothing, textOf } from "../../../../policies/arguments";
import type { Change } from "../../change";
import type { Difference } from "../../differences/difference";
import type { PlannedStack } from "../../planned-stack";
import { type PlannedPolicy, rolloutPoliciesOf } from "../../rollout-policies";
import type { Hit, ReviewRule } from "../rule";
import { changeText, together } from "../wording";

export const trafficSplit: ReviewRule = {
  id: "rollout/traffic-split",
  title: "The plan moves traffic",
  severity: "high",
  why: "A rollout moves the traffic of an endpoint while it runs; a split in Terraform moves it back at the next apply, past every limit and approval.",
  check: "Who owns the split: the rollout or Terraform? Is a rollout under way?",
  find: (stack, others) => [
    ...stack.changes
      .filter(({ isManaged, planned }) => isManaged && planned.after !== null)
      .flatMap((change) =>
        change.type === "google_vertex_ai_endpoint"
          ? ofEndpoint(change, others)
          : change.type === "google_cloud_run_v2_service" && change.isChange
            ? ofService(change)
            : [],
      ),
    ...rolloutPoliciesOf(stack).flatMap((policy) => ofPolicy(policy, others)),
  ],
};

/** A split that nobody declares is what the endpoint has: only one that changes, or that a new endpoint gets, is Terraform's. */
function ofEndpoint(change: Change, others: readonly PlannedStack[]): Hit[] {
  const { address } = change;
  const differences = movedIn(change);
  const policy = others.flatMap(rolloutPoliciesOf).find(({ after }) => after !== undefined && names(after, change));
  if (differences.length === 0 || (change.isCreated && policy === undefined)) {
    return [];
  }
  return policy
    ? [{ address, message: `the rollout policy ${policy.address} moves the traffic of the same endpoint`, differences }]
    : [{ address, severity: "medium", message: "the traffic of an endpoint is moved", differences }];
}

/** A policy that is new or changes, beside a split that stays: the rollout will move it, and each apply back. */
function ofPolicy({ address, object, before, after }: PlannedPolicy, others: readonly PlannedStack[]): Hit[] {
  return after === undefined || isDeepStrictEqual(before, after)
    ? []
    : others
        .flatMap((stack) =>
          stack.changes.filter((change) => isSplit(change) && stack.declares(change, "traffic_split")),
        )
        .filter((change) => names(after, change) && movedIn(change).length === 0)
        .map((change) => ({
          address,
          deposed: object?.planned.deposed,
          message: `the rollout policy moves the traffic of ${change.address}, and Terraform sets its 'traffic_split'`,
        }));
}

function isSplit({ type, isManaged, planned, after }: Change): boolean {
  const isThere = type === "google_vertex_ai_endpoint" && isManaged && planned.after !== null;
  return isThere && !isNothing(after["traffic_split"]);
}

function movedIn(change: Change): readonly Difference[] {
  return change.of("traffic_split").filter(({ isUnknown, after: split }) => !isUnknown && !isNothing(split));
}

function names(policy: Arguments, { after }: Change): boolean {
  const endpoint = textOf(after["name"]);
  return endpoint !== "" && textOf(policy["endpoint"]).endsWith(`/endpoints/${endpoint.split("/").at(-1)!}`);
}

function ofService(change: Change): Hit[] {
  const moved = change.arguments.filter(({ name, isUnknown }) => /^traffic\./.test(name) && !isUnknown);
  const differences = moved.map(({ difference }) => difference);
  return moved.length > 0
    ? [{ address: change.address, severity: "medium", message: together(moved.map(changeText)), differences }]
    : [];
}
