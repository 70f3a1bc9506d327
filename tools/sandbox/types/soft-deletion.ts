import type { CloudResource, CloudView } from "../cloud";
import { equal } from "../values/value";
import { kindOf } from "./kind-of";

/** Whether Google only keeps the name of a resource, which is deleted for everyone else. */
export function isDeleted({ type, values }: CloudResource): boolean {
  const mark = Object.entries(kindOf(type).softDeletion?.mark ?? {});
  return mark.length > 0 && mark.every(([name, value]) => equal(values[name] ?? null, value));
}

/** A resource that is not deleted. */
export function findLive(cloud: CloudView, type: string, id: string): CloudResource | undefined {
  const resource = cloud.get(type, id);
  return resource && !isDeleted(resource) ? resource : undefined;
}
