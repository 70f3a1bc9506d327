import type { Construct } from "constructs";

import type { EnvironmentConfig } from "../config/schema/environment";
import { PlatformStack, type StateLocation } from "../constructs/platform-stack";

export interface EnvironmentStackProps {
  /** Name of the environment, such as `prod`. */
  readonly environmentName: string;
  readonly environment: EnvironmentConfig;

  /**
   * Where Terraform keeps the state.
   * @default - as the environment says
   */
  readonly state?: StateLocation;
}

/** A stack of an environment, called `{environment}-{kind}`. */
export abstract class EnvironmentStack extends PlatformStack {
  constructor(scope: Construct, kind: string, props: EnvironmentStackProps) {
    const { environmentName, environment, state = environment.state } = props;
    super(scope, `${environmentName}-${kind}`, {
      environment,
      labels: { ...environment.labels, environment: environmentName },
      state,
    });
  }
}
