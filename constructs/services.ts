import { GoogleProjectServiceIdentity } from "@cdktf/provider-google-beta/lib/google-project-service-identity";
import { DataGoogleBigqueryDefaultServiceAccount } from "@cdktf/provider-google/lib/data-google-bigquery-default-service-account";
import { DataGoogleLoggingProjectSettings } from "@cdktf/provider-google/lib/data-google-logging-project-settings";
import { DataGoogleStorageProjectServiceAccount } from "@cdktf/provider-google/lib/data-google-storage-project-service-account";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { Construct } from "constructs";

import { type AgentService, type PlatformService, platformServices, serviceAgents } from "../catalog/services";
import { PlatformStack } from "./platform-stack";
import { ServiceAgent } from "./service-agent";

/** The services of the project, enabled, and the agents that act for them. Services stay enabled when destroyed. */
export class Services extends Construct {
  private readonly apis: Readonly<Record<PlatformService, ProjectService>>;
  private readonly agents = new Map<AgentService, ServiceAgent>();

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { project } = PlatformStack.of(this).environment;

    const enable = (service: PlatformService) =>
      new ProjectService(this, service, {
        project,
        service: `${service}.googleapis.com`,
        disableOnDestroy: false,
        disableDependentServices: false,
      });
    this.apis = Object.fromEntries(platformServices.map((service) => [service, enable(service)])) as typeof this.apis;
  }

  /** Enabled services, for what must wait for all of them. */
  get all(): ProjectService[] {
    return Object.values(this.apis);
  }

  /** The agent of a service; Google makes it when it is first asked for, which this does. */
  agent(service: AgentService): ServiceAgent {
    const agent = this.agents.get(service) ?? this.bringToLife(service);
    this.agents.set(service, agent);
    return agent;
  }

  private bringToLife(service: AgentService): ServiceAgent {
    const stack = PlatformStack.of(this);
    const { project } = stack.environment;
    const api = this.apis[service];
    const id = `${service}-agent`;

    switch (service) {
      case "storage":
        return new ServiceAgent(
          service,
          new DataGoogleStorageProjectServiceAccount(this, id, { project, dependsOn: [api] }).member,
        );
      case "bigquery":
        return new ServiceAgent(
          service,
          new DataGoogleBigqueryDefaultServiceAccount(this, id, { project, dependsOn: [api] }).member,
        );
      case "logging": {
        const settings = new DataGoogleLoggingProjectSettings(this, id, { project, dependsOn: [api] });
        return new ServiceAgent(service, `serviceAccount:${settings.kmsServiceAccountId}`);
      }
      default: {
        const { member } = ServiceAgent.of(this, service);
        if (serviceAgents[service].origin === "service") {
          return new ServiceAgent(service, member, [api]);
        }
        const identity = new GoogleProjectServiceIdentity(this, id, {
          provider: stack.betaProvider,
          project,
          service: api.service,
          dependsOn: [api],
        });
        return new ServiceAgent(service, member, [identity]);
      }
    }
  }
}
