import { check, type CheckProps, requireMapping } from "./check";
import { environmentJsonSchema, teamJsonSchema, teamSettingsJsonSchema } from "./json-schemas";
import { environments, mergedTeam, overridesOf, teamDefaults, without } from "./layers";
import type { PlatformConfig } from "./platform";
import type { Report } from "./problem";
import type { EnvironmentFacts, Facts, TeamInEnvironment } from "./rules/rule";
import { type EnvironmentConfig, environmentSchema } from "./schema/environment";
import { type TeamConfig, teamSchema } from "./schema/team";
import type { FileReader } from "./schema/values";
import { entries, find, items, type MappingNode, plain, text } from "./source/node";
import type { ProjectSource, TeamSource } from "./source/project";
import { rightWorkloads } from "./workloads";

type TeamSchema = ReturnType<typeof teamSchema>;

/** A project after every value was held against its schema. */
export interface CheckedProject {
  /** Environments that are right, with all their teams. */
  readonly platforms: ReadonlyMap<string, PlatformConfig>;
  readonly facts: Facts;
}

/** Holds every file, and every team in each of its environments, against the schemas. */
export function checkProject(project: ProjectSource, report: Report): CheckedProject {
  const schemaFor = sharedTeamSchema();
  for (const { node, files } of project.teams.values()) {
    checkLayers(node, schemaFor(files.read), report);
  }
  const platforms = new Map<string, PlatformConfig>();
  const allEnvironments: EnvironmentFacts[] = [];
  const allTeams: TeamInEnvironment[] = [];
  for (const [name, node] of project.environments) {
    const { environment, settings } = checkEnvironment(node, report);
    const facts = { name, settings, node };
    allEnvironments.push(facts);
    const configs: Record<string, TeamConfig> = {};
    for (const team of listedTeams(node, project)) {
      const merged = mergedTeam(team.node, node, name);
      const { config, workloads } = checkTeam(merged, schemaFor(team.files.read), report);
      const source = (path: string) => team.files.node(path);
      allTeams.push({ name: team.name, environment: facts, workloads, node: merged, source });
      if (config) {
        configs[team.name] = config;
      }
    }
    if (environment) {
      platforms.set(name, { name, environment, teams: configs });
    }
  }
  const teamFiles = new Map([...project.teams].map(([name, { node }]) => [name, node]));
  const { environmentNames, teamNames } = project;
  const facts = { environments: allEnvironments, teams: allTeams, teamFiles, environmentNames, teamNames };
  return { platforms, facts };
}

/** One schema for the teams one after the other: making a schema takes longer than holding a team against it. */
function sharedTeamSchema(): (read: FileReader) => TeamSchema {
  let current: FileReader = () => ({ problem: "" });
  const schema = teamSchema((path) => current(path));
  return (read) => {
    current = read;
    return schema;
  };
}

/** Teams that an environment lists, once each and as far as they have a folder. */
function listedTeams(environment: MappingNode, { teams }: ProjectSource): TeamSource[] {
  const names = new Set(items(environment, "teams").map((item) => text(item)));
  return [...names].map((name) => teams.get(name ?? "")).filter((team) => team !== undefined);
}

/**
 * The layers of a team one by one: a value is also checked where every environment overrides it, or none lists the team.
 */
function checkLayers(node: MappingNode, schema: TeamSchema, report: Report): void {
  const props: CheckProps = { shape: teamJsonSchema, report, ignore: "missing" };
  check(schema, without(node, environments), props);
  const overrides = find(node, [environments]);
  if (overrides && requireMapping(overrides, report)) {
    for (const [, { value }] of overridesOf(node)) {
      if (requireMapping(value, report)) {
        check(schema, value, { ...props, shape: teamSettingsJsonSchema });
      }
    }
  }
}

function checkEnvironment(node: MappingNode, report: Report) {
  const defaults = find(node, [teamDefaults]);
  if (defaults && requireMapping(defaults, report)) {
    // Whose folder a file would be in is known only with a team.
    const anyFile: FileReader = (path) => ({ path, content: undefined });
    check(teamSchema(anyFile), defaults, { shape: teamSettingsJsonSchema, report, ignore: "missing" });
  }
  const own = without(node, teamDefaults);
  const result = check(environmentSchema, own, { shape: environmentJsonSchema, report });
  return "value" in result
    ? { environment: result.value, settings: result.value }
    : { environment: undefined, settings: rightSettings(own) };
}

/** The settings of an environment that are right although others are wrong. */
function rightSettings(node: MappingNode): Partial<EnvironmentConfig> {
  const { shape } = environmentSchema;
  const right = entries(node).flatMap(([key, { value }]) => {
    const parsed = Object.hasOwn(shape, key) ? shape[key as keyof typeof shape].safeParse(plain(value)) : undefined;
    return parsed?.success ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(right) as Partial<EnvironmentConfig>;
}

function checkTeam(node: MappingNode, schema: TeamSchema, report: Report) {
  const result = check(schema, node, { shape: teamSettingsJsonSchema, report, ignore: "unknown" });
  return "value" in result
    ? { config: result.value, workloads: result.value }
    : { config: undefined, workloads: rightWorkloads(node, schema, result.issues) };
}
