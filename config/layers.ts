import { merge } from "./merge";
import { type Entry, entries, find, type MappingNode } from "./source/node";

/** Key of an environment's file for what holds for all its teams. */
export const teamDefaults = "teamDefaults";

/** Key of a team's file for what differs in an environment. */
export const environments = "environments";

/** A mapping without one of its keys. */
export function without(node: MappingNode, key: string): MappingNode {
  const rest = new Map(node.entries);
  rest.delete(key);
  return { ...node, entries: rest };
}

/** What a team's file says about single environments. */
export function overridesOf(team: MappingNode): [string, Entry][] {
  return entries(team, environments);
}

/** A team's settings in an environment: the environment's defaults for teams, the team's own, its override for it. */
export function mergedTeam(team: MappingNode, environment: MappingNode, environmentName: string): MappingNode {
  const own = without(team, environments);
  const override = mapping(find(team, [environments, environmentName]));
  const layered = override ? (merge(own, override, "lower") as MappingNode) : own;
  const defaults = mapping(find(environment, [teamDefaults]));
  return defaults ? (merge(defaults, layered, "upper") as MappingNode) : layered;
}

/** A layer that is no mapping is a problem of its own, and adds nothing. */
function mapping(node: ReturnType<typeof find>): MappingNode | undefined {
  return node?.kind === "mapping" ? node : undefined;
}
