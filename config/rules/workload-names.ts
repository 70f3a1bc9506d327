import { name } from "../schema/values";
import { type Entry, entries, type Node } from "../source/node";
import { plural } from "../text";
import type { Rule } from "./rule";

/** Service accounts that the blueprint makes for a team besides those of its workloads. */
const reserved: readonly string[] = [
  "batch",
  "batch-start",
  "idle",
  "incidents",
  "promote",
  "prune",
  "register",
  "retire",
  "rollback",
  "rollout",
  "scheduler",
  "stream",
  "watchdog",
];

/** Google's limits for the id of a service account. */
const shortest = 6;
const longest = 30;

/** Each workload has a service account `<team>-<workload>`: its id has a length, and there is one of it in a project. */
export const workloadNames: Rule = ({ teams }, report) => {
  const taken = new Map<string, { readonly team: string; readonly entry: Entry }>();
  for (const { name: team, environment, node } of teams) {
    for (const [workload, entry] of [...workloadsOf(node), ...predictionStreamsOf(node)]) {
      const id = `${team}-${workload}`;
      const account = `its service account would be '${id}'`;
      if (id.length > longest) {
        report(
          entry.key,
          `is too long: ${account}, ${id.length} characters of at most ${longest}: shorten the name by ${id.length - longest}`,
        );
      } else if (id.length < shortest) {
        report(
          entry.key,
          `is too short: ${account}, ${plural(id.length, "character")} of at least ${shortest}: lengthen the name by ${shortest - id.length}`,
        );
      }
      if (reserved.includes(workload)) {
        report(
          entry.key,
          `is a reserved name, got '${workload}': ${account}, which the blueprint makes for itself: rename it`,
        );
      }
      const scope = `${environment.name} ${id}`;
      const other = taken.get(scope);
      if (other) {
        const { file, line, path } = other.entry.key;
        report(
          entry.key,
          `is a name that is taken: ${account}, as that of ${path} of team '${other.team}' (${file}:${line}): rename one of them`,
        );
      } else {
        taken.set(scope, { team, entry });
      }
    }
  }
};

function workloadsOf(node: Node): [string, Entry][] {
  return [["ingestion", "jobs"], ["pipelines"], ["serving", "models"], ["serving", "services"]]
    .flatMap((path) => entries(node, ...path))
    .filter(([workload]) => name(20).safeParse(workload).success);
}

/** The job that predicts over a stream is a workload beside its model. */
function predictionStreamsOf(node: Node): [string, Entry][] {
  return entries(node, "serving", "models")
    .filter(([model]) => name(20).safeParse(model).success)
    .flatMap(([model, { value }]) =>
      entries(value)
        .filter(([key]) => key === "stream")
        .map(([, entry]): [string, Entry] => [`${model}-stream`, entry]),
    );
}
