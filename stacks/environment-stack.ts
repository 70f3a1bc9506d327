import type { Construct } from "constructs";

import type { EnvironmentConfig } from "../config/schema/environment";
import { PlatformStack } from "../constructs/platform-stack";

export interface EnvironmentStackProps {
  /** Name of the environment, such as `prod`. */
  readonly environmentName: string;
  readonly environment: EnvironmentConfig;
}

/** A stack of an environment, called `{environment}-{kind}`. */
export abstract class EnvironmentStack extends PlatformStack {
  constructor(scope: Construct, kind: string, props: EnvironmentStackProps) {
    const { environmentName, environment } = props;
    super(scope, `${environmentName}-${kind}`, {
      environment,
      labels: { ...environment.labels, environment: environmentName },
      state: environment.state,
    });
  }
}
