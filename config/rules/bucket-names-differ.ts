import { items, type MappingNode } from "../source/node";
import type { Place } from "../problem";
import type { EnvironmentFacts, Rule } from "./rule";

/** Bucket names are global and start with `<project>-<team>`, which two environments can spell alike. */
export const bucketNamesDiffer: Rule = ({ teams }, report) => {
  const first = new Map<string, { readonly environment: EnvironmentFacts; readonly team: string }>();
  for (const { name: team, environment } of teams) {
    const { project } = environment.settings;
    const prefix = `${project}-${team}`;
    const other = first.get(prefix);
    // Two environments in one project are reported elsewhere.
    if (other && project !== undefined && other.environment.settings.project !== project) {
      report(
        listedAt(environment.node, team),
        `makes bucket names that start with '${prefix}', as team '${other.team}' does in environment '${other.environment.name}': rename a team or a project`,
      );
    }
    first.set(prefix, { environment, team });
  }
};

function listedAt(node: MappingNode, team: string): Place {
  const item = items(node, "teams").find((entry) => entry.kind === "scalar" && entry.value === team);
  return (item ?? node).place;
}
