import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { nearest } from "../nearest";
import { name } from "../schema/values";
import type { Report } from "../problem";
import { quote } from "../text";
import { readText } from "./bytes";
import type { MappingNode, Node } from "./node";
import { TeamFiles } from "./team-files";
import { parseYaml } from "./yaml";

/** A team's folder as it is on disk. */
export interface TeamSource {
  readonly name: string;
  readonly node: MappingNode;
  readonly files: TeamFiles;
}

/** A project's files, read and parsed but not checked. */
export interface ProjectSource {
  readonly environments: ReadonlyMap<string, MappingNode>;
  readonly teams: ReadonlyMap<string, TeamSource>;
  /** Names of all files of environments, also of those that could not be read. */
  readonly environmentNames: readonly string[];
  /** Names of all folders below `teams/`, also of those that could not be read. */
  readonly teamNames: readonly string[];
}

const ending = ".yaml";

/** Names of the environments that have a file, sorted. */
export function environmentNames(root: string): string[] {
  return list(join(root, "environments"))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

/** Reads all environments and teams; what cannot be read is reported and left out. */
export function readProject(root: string, report: Report): ProjectSource {
  for (const file of list(join(root, "environments")).filter((file) => /\.(yml|ya?ml\..+|YA?ML)$/.test(file))) {
    report(top(`environments/${file}`), `is not read: an environment's file must end in '${ending}'`);
  }
  const environments = new Map<string, MappingNode>();
  for (const environment of environmentNames(root)) {
    const file = `environments/${environment}${ending}`;
    requireName(environment, 20, "file", file, report);
    const node = readMapping(root, file, report);
    if (node) {
      environments.set(environment, node);
    }
  }
  const teamNames = list(join(root, "teams")).filter(
    (entry) => !entry.startsWith(".") && isFolder(join(root, "teams", entry)),
  );
  const teams = new Map<string, TeamSource>();
  for (const team of teamNames) {
    const folder = `teams/${team}`;
    requireName(team, 12, "folder", folder, report);
    if (team.startsWith("goog")) {
      // https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names
      report(
        top(folder),
        `the folder's name must not begin with 'goog', which Pub/Sub refuses for topics: rename the folder`,
      );
    }
    const node = readTeam(root, folder, report);
    if (node) {
      teams.set(team, { name: team, node, files: new TeamFiles(root, folder) });
    }
  }
  return { environments, teams, environmentNames: environmentNames(root), teamNames };
}

function readTeam(root: string, folder: string, report: Report): MappingNode | undefined {
  const file = `${folder}/team.yaml`;
  const present = list(join(root, folder));
  if (present.includes("team.yaml")) {
    return readMapping(root, file, report);
  }
  const near = nearest("team.yaml", present);
  report(
    top(file),
    near === undefined
      ? "does not exist: write it, since every folder below teams/ is a team, or remove the folder"
      : `does not exist: rename ${quote(near)}, or remove the folder`,
  );
  return undefined;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function requireName(value: string, longest: number, kind: "file" | "folder", file: string, report: Report): void {
  const [issue] = name(longest).safeParse(value).error?.issues ?? [];
  if (issue) {
    report(top(file), `the ${kind}'s name ${issue.message}, got ${quote(value)}: rename the ${kind}`);
  }
}

function readMapping(root: string, file: string, report: Report): MappingNode | undefined {
  const content = readText(root, file, report);
  const node: Node | undefined = content === undefined ? undefined : parseYaml(file, content, report);
  if (node && node.kind !== "mapping") {
    report(node.place, `must hold a mapping at its top, got a ${node.kind === "list" ? "list" : "single value"}`);
    return undefined;
  }
  return node;
}

function top(file: string) {
  return { file, line: 1, column: 1, path: "" };
}
