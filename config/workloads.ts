import type { Issue } from "./check";
import type { Workloads } from "./rules/rule";
import type { teamSchema } from "./schema/team";
import { type MappingNode, plain } from "./source/node";

type Data = Record<string, unknown>;

/**
 * What is right in a team that has problems: every workload whose own settings are right, so that rules find all there is
 * to find in one go.
 */
export function rightWorkloads(
  node: MappingNode,
  teamSettings: ReturnType<typeof teamSchema>,
  issues: readonly Issue[],
): Workloads {
  const schema = teamSettings.pick({ ingestion: true, pipelines: true, serving: true, experiments: true });
  const { ingestion, pipelines, serving, experiments } = plain(node) as Data;
  const data: Data = { ingestion, pipelines, serving, experiments };
  for (const { path, ...issue } of issues) {
    const keys = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
    keys.forEach((key) => remove(data, key.slice(0, ["pipelines", "experiments"].includes(String(key[0])) ? 2 : 3)));
  }
  const { data: workloads = schema.parse({}) } = schema.safeParse(data);
  return workloads;
}

function remove(data: Data, path: readonly PropertyKey[]): void {
  const [key, ...rest] = path.map(String);
  if (key === undefined || !Object.hasOwn(data, key)) {
    return;
  }
  const child = data[key];
  if (rest.length > 0 && typeof child === "object" && child !== null) {
    remove(child as Data, rest);
  } else {
    Reflect.deleteProperty(data, key);
  }
}
