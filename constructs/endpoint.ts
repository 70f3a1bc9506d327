import { GoogleVertexAiEndpointIamMember } from "@cdktf/provider-google-beta/lib/google-vertex-ai-endpoint-iam-member";
import { VertexAiEndpoint } from "@cdktf/provider-google/lib/vertex-ai-endpoint";
import { Construct } from "constructs";

import type { IDataset } from "./dataset";
import type { IEncryptionKey } from "./encryption-key";
import { requireRange } from "./errors";
import { type Grant, grantOnce } from "./grant";
import type { IIdentity } from "./identity";
import { PlatformStack } from "./platform-stack";

export interface EndpointProps {
  /** Id within the region: nine digits, the first not 0. */
  readonly endpointId: string;

  /** Name that people see. */
  readonly displayName: string;

  /** Key that encrypts the endpoint and the models deployed to it. */
  readonly encryptionKey: IEncryptionKey;

  /** Dataset that requests and responses are logged to. Vertex AI makes the table itself: it must not exist. */
  readonly logDataset: IDataset;

  /** Table of the log within the dataset. */
  readonly logTableId: string;

  /**
   * Share of requests that are logged: 0 to 1; 0 turns the log off.
   * @default 0.1
   */
  readonly logSamplingRate?: number;

  /**
   * Projects whose networks reach the endpoint through Private Service Connect, besides the environment's own. Vertex AI does not
   * check there who calls.
   * @default - it has an address of its own on the internet, where IAM checks who calls
   */
  readonly privateServiceConnectProjects?: readonly string[];
}

/**
 * The shell of a Vertex AI endpoint, never at the address that all projects share. Which models are deployed to it and how traffic is split
 * changes at run time and is not Terraform's: the split stays unset, so that Terraform leaves it alone.
 */
export class Endpoint extends Construct {
  private readonly endpointId: string;

  constructor(scope: Construct, id: string, props: EndpointProps) {
    super(scope, id);
    const { project, region, deletionProtection } = PlatformStack.of(this).environment;
    const { logSamplingRate = 0.1, privateServiceConnectProjects: projects } = props;
    requireRange(this, "logSamplingRate", logSamplingRate, 0, 1);

    const endpoint = new VertexAiEndpoint(this, "Resource", {
      name: props.endpointId,
      displayName: props.displayName,
      location: region,
      region,
      ...(projects
        ? {
            privateServiceConnectConfig: {
              enablePrivateServiceConnect: true,
              projectAllowlist: [...new Set([project, ...projects])],
            },
          }
        : { dedicatedEndpointEnabled: true }),
      encryptionSpec: { kmsKeyName: props.encryptionKey.keyId },
      predictRequestResponseLoggingConfig: {
        enabled: logSamplingRate > 0,
        ...(logSamplingRate > 0 && { samplingRate: logSamplingRate }),
        bigqueryDestination: { outputUri: `bq://${project}.${props.logDataset.datasetId}.${props.logTableId}` },
      },
      ...(deletionProtection && { lifecycle: { preventDestroy: true } }),
      dependsOn: props.encryptionKey.grants,
    });
    this.endpointId = endpoint.name;
  }

  /** Lets `identity` ask for predictions: `roles/aiplatform.user` on this endpoint. */
  grantPredict(identity: IIdentity): Grant {
    return this.grant("Caller", "roles/aiplatform.user", identity);
  }

  /**
   * Lets `identity` deploy models to this endpoint and move its traffic.
   * @param role custom role with the permissions that this takes
   */
  grantRollout(identity: IIdentity, role: string): Grant {
    return this.grant("Rollout", role, identity);
  }

  private grant(id: string, role: string, identity: IIdentity): Grant {
    const stack = PlatformStack.of(this);
    return grantOnce(
      this,
      id,
      identity,
      (grantId, to) =>
        new GoogleVertexAiEndpointIamMember(this, grantId, {
          provider: stack.betaProvider,
          project: stack.environment.project,
          location: stack.environment.region,
          endpoint: this.endpointId,
          role,
          ...to,
        }),
    );
  }
}
