import type { Construct } from "constructs";

import type { TeamConfig } from "../config/schema/team";
import { PlatformStack } from "../constructs/platform-stack";
import type { EnvironmentStackProps } from "./environment-stack";

export interface TeamStackProps extends EnvironmentStackProps {
  /** Name of the team, such as `churn`. */
  readonly teamName: string;
  readonly team: TeamConfig;
}

/** A stack of a team in an environment, called `{environment}-{team}-{kind}`. */
export abstract class TeamStack extends PlatformStack {
  constructor(scope: Construct, kind: string, props: TeamStackProps) {
    const { environmentName, environment, teamName, team } = props;
    super(scope, `${environmentName}-${teamName}-${kind}`, {
      environment,
      labels: { ...environment.labels, ...team.labels, environment: environmentName, team: teamName },
      state: environment.state,
    });
  }
}
