import type { CloudResource } from "../../../tools/sandbox/cloud";
import { ProjectNumbers } from "../../../tools/sandbox/project";
import type { Change, World } from "../../../tools/sandbox/rules/rule";
import type { ValueObject } from "../../../tools/sandbox/values/value";

/** A cloud that holds some resources, as rules see it: `"google_pubsub_topic projects/acme/topics/events"`. */
export function worldOf(...resources: (string | CloudResource)[]): World {
  const all = resources.map((resource): CloudResource => {
    if (typeof resource !== "string") {
      return resource;
    }
    const [type, id] = resource.split(" ");
    return { type: type!, id: id!, values: { project: "acme" } };
  });
  return {
    cloud: {
      get: (type, id) => all.find((resource) => resource.type === type && resource.id === id),
      list: (type) => all.filter((resource) => type === undefined || resource.type === type),
      writtenAt: () => new Date(0),
    },
    numbers: new ProjectNumbers({ acme: "123456789012", other: "210987654321" }),
    iamDelaySeconds: 0,
  };
}

/** The same cloud, all of it written some days ago. */
export function daysLater(world: World, days: number): World {
  return { ...world, cloud: { ...world.cloud, writtenAt: () => new Date(Date.now() - days * 86_400_000) } };
}

/** A grant on a resource whose id grants begin with. */
export function grantOn(type: string, target: string, role: string, member: string): CloudResource {
  return { type: `${type}_iam_member`, id: `${target}/${role}/${member}`, values: { role, member, project: "acme" } };
}

/** Creation of a resource in project `acme`. */
export function creation(type: string, id: string, args: ValueObject = {}): Change {
  return { action: "create", type, id, project: "acme", args };
}

export function deletion(type: string, id: string, args: ValueObject = {}): Change {
  return { ...creation(type, id, args), action: "delete" };
}

export function update(type: string, id: string, args: ValueObject = {}): Change {
  return { ...creation(type, id, args), action: "update" };
}
