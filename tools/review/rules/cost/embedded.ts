import { isDeepStrictEqual } from "node:util";

import { isObject, parseJson } from "../../../../policies/arguments";
import type { Change } from "../../change";
import { type ArgumentChange, argumentChangesOf } from "../../differences/argument-change";
import { differencesOf } from "../../differences/compare";
import { isDeeperThan, mostLevels } from "../../plan/depth";
import { ownOf } from "../own";

/** Arguments that hold a request as text: what it asks for is paid for like what Terraform makes itself. */
const requests: Readonly<Record<string, readonly string[]>> = {
  google_cloud_scheduler_job: ["http_target.body", "pubsub_target.data"],
};

export function holdsRequest(type: string): boolean {
  return ownOf(requests, type) !== undefined;
}

/** Arguments of a change, and what changes in the requests that they hold. */
export function withRequests(change: Change, changes: readonly ArgumentChange[]): readonly ArgumentChange[] {
  const names = ownOf(requests, change.type) ?? [];
  return [...changes, ...changes.filter(({ name }) => names.includes(name)).flatMap((each) => inside(change, each))];
}

/** What changes in a text that is JSON, or base64 of it. */
function inside({ planned }: Change, { name, before, after, isUnknown, isSensitive, difference }: ArgumentChange) {
  if (isUnknown) {
    return [];
  }
  const marks = { afterUnknown: false, beforeSensitive: isSensitive, afterSensitive: isSensitive, replacePaths: [] };
  return differencesOf({ ...planned, ...marks, before: requestOf(before), after: requestOf(after) })
    .flatMap(argumentChangesOf)
    .filter((each) => !isDeepStrictEqual(each.before, each.after))
    .map((each): ArgumentChange => ({
      ...each,
      name: `${name}.${each.name}`,
      difference: { ...each.difference, path: [...difference.path, ...each.difference.path] },
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
