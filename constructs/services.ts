import { GoogleProjectServiceIdentity } from "@cdktf/provider-google-beta/lib/google-project-service-identity";
import { DataGoogleBigqueryDefaultServiceAccount } from "@cdktf/provider-google/lib/data-google-bigquery-default-service-account";
import { DataGoogleLoggingProjectSettings } from "@cdktf/provider-google/lib/data-google-logging-project-settings";
import { DataGoogleStorageProjectServiceAccount } from "@cdktf/provider-google/lib/data-google-storage-project-service-account";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { Construct } from "constructs";

import { type AgentService, type GoogleService, platformServices, serviceAgents } from "../catalog/services";
import { PlatformStack } from "./platform-stack";
import { ServiceAgent } from "./service-agent";

export interface ServicesProps {
  /**
   * Services to enable, without the domain.
   * @default - all that the platform uses
   */
  readonly services?: readonly GoogleService[];
}

/**
 * The services of the project, enabled, and the agents that act for them. Services stay enabled when destroyed, so that two stacks may
 * enable the same one.
 */
export class Services extends Construct {
  private readonly apis: ReadonlyMap<GoogleService, ProjectService>;
  private readonly agents = new Map<AgentService, ServiceAgent>();

  constructor(scope: Construct, id: string, props: ServicesProps = {}) {
    super(scope, id);
    const { project } = PlatformStack.of(this).environment;
    const { services = platformServices } = props;

    const enable = (service: GoogleService) =>
      new ProjectService(this, service, {
        project,
        service: `${service}.googleapis.com`,
        disableOnDestroy: false,
        disableDependentServices: false,
      });
    this.apis = new Map(services.map((service) => [service, enable(service)]));
  }

  /** Enabled services, for what must wait for all of them. */
  get all(): ProjectService[] {
    return [...this.apis.values()];
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
    const api = this.apis.get(service);
    if (api === undefined) {
      throw new Error(
        `${this.node.path}: 'services' must hold ${service} to give its agent, got ${[...this.apis.keys()].join(", ")}`,
      );
    }
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
