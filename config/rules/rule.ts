import type { EnvironmentConfig } from "../schema/environment";
import type { TeamConfig } from "../schema/team";
import type { Report } from "../problem";
import type { MappingNode, Node } from "../source/node";

/** What a team runs: of each kind those whose own settings are right. */
export type Workloads = Pick<TeamConfig, "ingestion" | "pipelines" | "serving" | "experiments">;

/** A team in one environment. */
export interface TeamInEnvironment {
  readonly name: string;
  readonly environment: EnvironmentFacts;
  readonly workloads: Workloads;
  /** All layers merged: also what is wrong, for places and for names that others refer to. */
  readonly node: MappingNode;
  /** Content of a JSON or YAML file that the team names, with its places; by path from the project's root. */
  readonly source: (path: string) => Node | undefined;
}

/** An environment, without the settings that are wrong in themselves. */
export interface EnvironmentFacts {
  readonly name: string;
  readonly settings: Partial<EnvironmentConfig>;
  readonly node: MappingNode;
}

/** Everything that was read, in all environments. */
export interface Facts {
  readonly environments: readonly EnvironmentFacts[];
  /** One entry per team and environment that lists it. */
  readonly teams: readonly TeamInEnvironment[];
  /** Contents of every team.yaml, by team. */
  readonly teamFiles: ReadonlyMap<string, MappingNode>;
  /** Names of all files of environments, also of those that could not be read. */
  readonly environmentNames: readonly string[];
  /** Names of all folders below `teams/`, also of those whose team.yaml could not be read. */
  readonly teamNames: readonly string[];
}

/** Finds what no single value shows to be wrong, and says what to do about it. */
export type Rule = (facts: Facts, report: Report) => void;
