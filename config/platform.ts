import type { EnvironmentConfig } from "./schema/environment";
import type { TeamConfig } from "./schema/team";

/** Everything that the stacks of one environment are made from: checked, complete, with every file that is named. */
export interface PlatformConfig {
  /** Name of the environment, such as `prod`: the name of its file without the ending. */
  readonly name: string;
  readonly environment: EnvironmentConfig;
  /** Teams of the environment by name, in the order of the environment's file. */
  readonly teams: Readonly<Record<string, TeamConfig>>;
}
