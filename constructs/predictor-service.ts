import { CloudRunV2Service } from "@cdktf/provider-google/lib/cloud-run-v2-service";
import { CloudRunV2ServiceIamMember } from "@cdktf/provider-google/lib/cloud-run-v2-service-iam-member";
import { Construct } from "constructs";

import type { IEncryptionKey } from "./encryption-key";
import { type Grant, grantOnce } from "./grant";
import type { IIdentity } from "./identity";
import type { INetwork } from "./network";
import { PlatformStack } from "./platform-stack";
import type { IServiceAccount } from "./service-account";

export interface PredictorServiceProps {
  /** Name within the region: revisions are named after it. */
  readonly serviceName: string;

  /** Image by digest. */
  readonly image: string;

  /** Name of the revision that is deployed, without the service's name. */
  readonly revision: string;

  /** Percent of traffic by revision. Two entries make a canary; revisions but the deployed one must exist already. */
  readonly traffic: Readonly<Record<string, number>>;

  /** Identity of the container. */
  readonly serviceAccount: IServiceAccount;

  readonly network: INetwork;

  /** Key that encrypts the deployed image. */
  readonly encryptionKey: IEncryptionKey;

  /**
   * vCPUs of an instance.
   * @default "1"
   */
  readonly cpu?: string;

  /**
   * Memory of an instance, with its unit.
   * @default 512Mi
   */
  readonly memory?: string;

  /**
   * Instances that always run.
   * @default 0
   */
  readonly minInstanceCount?: number;

  /**
   * Most instances it scales to.
   * @default 4
   */
  readonly maxInstanceCount?: number;
}

/**
 * A predictor on Cloud Run that only the project's own networks reach, with a traffic split between revisions that is
 * declared and so shows in plans. The container listens on 8080 and answers `/health`.
 */
export class PredictorService extends Construct {
  private readonly serviceName: string;

  constructor(scope: Construct, id: string, props: PredictorServiceProps) {
    super(scope, id);
    const { region, deletionProtection } = PlatformStack.of(this).environment;
    const { cpu = "1", memory = "512Mi", minInstanceCount = 0, maxInstanceCount = 4 } = props;
    const revisionName = (revision: string) => `${props.serviceName}-${revision}`;
    this.requireTraffic(props.traffic, props.revision);
    if (minInstanceCount > maxInstanceCount) {
      throw new Error(
        `${this.node.path}: 'minInstanceCount' must be at most 'maxInstanceCount' (${maxInstanceCount}), got ${minInstanceCount}`,
      );
    }

    const service = new CloudRunV2Service(this, "Resource", {
      name: props.serviceName,
      location: region,
      ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
      deletionProtection,
      launchStage: "GA",
      scaling: { minInstanceCount: 0, scalingMode: "AUTOMATIC" },
      template: {
        revision: revisionName(props.revision),
        serviceAccount: props.serviceAccount.email,
        encryptionKey: props.encryptionKey.keyId,
        executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2",
        timeout: "60s",
        scaling: { minInstanceCount, maxInstanceCount },
        vpcAccess: {
          egress: "PRIVATE_RANGES_ONLY",
          networkInterfaces: [{ network: props.network.networkId, subnetwork: props.network.subnetworkId }],
        },
        containers: [
          {
            name: "predictor",
            image: props.image,
            ports: { containerPort: 8080 },
            resources: { limits: { cpu, memory }, cpuIdle: true, startupCpuBoost: true },
            startupProbe: { httpGet: { path: "/health" }, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 24 },
            livenessProbe: { httpGet: { path: "/health" }, periodSeconds: 30 },
          },
        ],
      },
      // The API leaves targets without traffic out of its answers, and the provider would show that as a difference.
      traffic: Object.entries(props.traffic)
        .filter(([, percent]) => percent > 0)
        .map(([revision, percent]) => ({
          type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION",
          revision: revisionName(revision),
          percent,
        })),
      lifecycle: { ignoreChanges: ["client", "client_version"] },
      dependsOn: props.encryptionKey.grants,
    });
    this.serviceName = service.name;
  }

  /** Lets `identity` call the service: `roles/run.invoker` on it. */
  grantInvoke(identity: IIdentity): Grant {
    const { project, region } = PlatformStack.of(this).environment;
    return grantOnce(
      this,
      "Caller",
      identity,
      (grantId, to) =>
        new CloudRunV2ServiceIamMember(this, grantId, {
          project,
          location: region,
          name: this.serviceName,
          role: "roles/run.invoker",
          ...to,
        }),
    );
  }

  private requireTraffic(traffic: Readonly<Record<string, number>>, revision: string): void {
    const sum = Object.values(traffic).reduce((total, percent) => total + percent, 0);
    const isShare = (percent: number) => Number.isInteger(percent) && percent >= 0 && percent <= 100;
    if (sum !== 100 || !Object.values(traffic).every(isShare)) {
      throw new Error(
        `${this.node.path}: 'traffic' must be whole percents from 0 to 100 that sum to 100, got ${Object.values(traffic).join(" + ") || "nothing"}`,
      );
    }
    if (!(revision in traffic)) {
      throw new Error(
        `${this.node.path}: 'traffic' must name the deployed revision '${revision}', got ${Object.keys(traffic).join(", ")}; give it 0 to deploy it dark`,
      );
    }
  }
}
