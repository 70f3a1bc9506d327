import { isDeepStrictEqual } from "node:util";

import { isObject, parseJson } from "../../../../policies/arguments";
import type { Change } from "../../change";
import { type ArgumentChange, argumentChangesOf } from "../../differences/argument-change";
import { differencesOf } from "../../differences/compare";
import { isDeeperThan, mostLevels } from "../../plan/depth";
import type { Path } from "../../plan/plan";
import type { PlannedPolicy } from "../../rollout-policies";
import { ownOf } from "../own";

/** Arguments that hold a request as text: what it asks for is paid for like what Terraform makes itself. */
const requests: Readonly<Record<string, readonly string[]>> = {
  google_cloud_scheduler_job: ["http_target.body", "pubsub_target.data"],
};

export function holdsRequest(type: string): boolean {
  return ownOf(requests, type) !== undefined;
}

/** Arguments of a change, and what changes in the requests that they hold. */
export function withRequests({ type }: Change, changes: readonly ArgumentChange[]): readonly ArgumentChange[] {
  const names = ownOf(requests, type) ?? [];
  const held = changes.filter(({ name, isUnknown }) => names.includes(name) && !isUnknown);
  return [
    ...changes,
    ...held.flatMap(({ name, before, after, isSensitive, difference }) =>
      changesWithin(name, difference.path, requestOf(before), requestOf(after), isSensitive),
    ),
  ];
}

/** What a rollout lets a model run on, as it was and as it will be. */
export function replicasOf({ before, after, isPublic }: PlannedPolicy): readonly ArgumentChange[] {
  const [old, next] = [before, after].map((policy) => policy?.["replicas"]);
  return changesWithin("policy.replicas", ["policy", "replicas"], old, next, !isPublic);
}

/** What changes in a value that the plan holds as text. */
function changesWithin(name: string, path: Path, before: unknown, after: unknown, isSensitive: boolean) {
  const marks = { afterUnknown: false, beforeSensitive: isSensitive, afterSensitive: isSensitive, replacePaths: [] };
  return differencesOf({ ...marks, before, after })
    .flatMap(argumentChangesOf)
    .filter((each) => !isDeepStrictEqual(each.before, each.after))
    .map((each): ArgumentChange => ({
      ...each,
      name: `${name}.${each.name}`,
      difference: { ...each.difference, path: [...path, ...each.difference.path] },
    }));
}

function requestOf(text: unknown): unknown {
  const request = parseJson(text) ?? parseJson(Buffer.from(typeof text === "string" ? text : "", "base64").toString());
  return isObject(request) && !isDeeperThan(mostLevels, request) ? opened(request) : {};
}

/** A value with the JSON that its texts hold, such as the argument of a workflow's execution. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(opened);
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, opened(part)]));
  }
  const inner = typeof value === "string" && value.startsWith("{") ? parseJson(value) : undefined;
  return isObject(inner) && !isDeeperThan(mostLevels, inner) ? inner : value;
}
