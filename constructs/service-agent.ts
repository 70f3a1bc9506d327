import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

import { type AgentService, serviceAgents } from "../catalog/services";
import type { IIdentity } from "./identity";
import { PlatformStack } from "./platform-stack";

/** The identity with which a Google service acts in the project, such as Pub/Sub writing to a table. */
export class ServiceAgent implements IIdentity {
  /** The agent of a service in the stack's project, which another stack has brought to life. */
  static of(scope: Construct, service: AgentService): ServiceAgent {
    const email = serviceAgents[service].email(PlatformStack.of(scope).environment.projectNumber);
    return new ServiceAgent(service, `serviceAccount:${email}`);
  }

  readonly name: string;

  constructor(
    service: AgentService,
    readonly member: string,
    readonly dependencies: readonly ITerraformDependable[] = [],
  ) {
    this.name = `${service}-agent`;
  }
}
