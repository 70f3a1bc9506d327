import { isNothing, textOf } from "../../../../policies/arguments";
import type { Change } from "../../change";
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
  find: ({ changes }, others) =>
    changes
      .filter(({ isManaged, planned }) => isManaged && planned.after !== null)
      .flatMap((change) =>
        change.type === "google_vertex_ai_endpoint"
          ? ofEndpoint(change, others)
          : change.type === "google_cloud_run_v2_service" && change.isChange
            ? ofService(change)
            : [],
      ),
};

/** A split that nobody declares is what the endpoint has: only one that changes, or that a new endpoint gets, is Terraform's. */
function ofEndpoint(change: Change, others: readonly PlannedStack[]): Hit[] {
  const { address, after } = change;
  const differences = change
    .of("traffic_split")
    .filter(({ isUnknown, after: split }) => !isUnknown && !isNothing(split));
  const policy = others.flatMap(rolloutPoliciesOf).find((each) => isFor(each, textOf(after["name"])));
  if (differences.length === 0 || (change.isCreated && policy === undefined)) {
    return [];
  }
  return policy
    ? [{ address, message: `the rollout policy ${policy.address} moves the traffic of the same endpoint`, differences }]
    : [{ address, severity: "medium", message: "the traffic of an endpoint is moved", differences }];
}

function isFor({ after }: PlannedPolicy, endpoint: string): boolean {
  return endpoint !== "" && textOf(after?.["endpoint"]).endsWith(`/endpoints/${endpoint.split("/").at(-1)!}`);
}

function ofService(change: Change): Hit[] {
  const moved = change.arguments.filter(({ name, isUnknown }) => /^traffic\./.test(name) && !isUnknown);
  const differences = moved.map(({ difference }) => difference);
  return moved.length > 0
    ? [{ address: change.address, severity: "medium", message: together(moved.map(changeText)), differences }]
    : [];
}
