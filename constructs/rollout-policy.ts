import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";

import type { IBucket } from "./bucket";
import { requireRange } from "./errors";

/** A step of a traffic shift. */
export interface RolloutStage {
  /** Percent of traffic that the new version gets. */
  readonly share: number;
  /** Minutes for which the stage is watched. */
  readonly holdMinutes: number;
  /** Requests to the new version below which no verdict is made. */
  readonly minimumSamples: number;
}

/** What makes a rollout go back at once. */
export interface RolloutLimits {
  /** Share of 5xx responses. */
  readonly serverErrorRatio: number;
  /** 95th percentile of the latency. */
  readonly latencyP95Milliseconds: number;
}

/** What a replica of a model runs on. */
export interface ReplicaShape {
  readonly machineType: string;
  readonly acceleratorType?: string;
  readonly acceleratorCount?: number;
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  /** Identity of the model's container. */
  readonly serviceAccount: string;
}

export interface RolloutPolicyProps {
  /** Bucket that rollouts read their policy from. */
  readonly bucket: IBucket;

  /** Name of the object within the bucket. */
  readonly objectName: string;

  /** `projects/{project}/locations/{region}/endpoints/{id}` */
  readonly endpointName: string;

  readonly replicas: ReplicaShape;

  /** Steps in order, the last with share 100. */
  readonly stages: readonly RolloutStage[];

  readonly limits: RolloutLimits;

  /** Who may approve the last stage; nobody is asked when empty. */
  readonly approvers: readonly string[];

  /** Minutes for which the old version stays deployed after the last stage. */
  readonly bakeMinutes: number;
}

/**
 * What a team allows a rollout to do, as a JSON object in a bucket. The provider hides the content of objects in plans, so
 * the same policy is an output of the stack: there a reviewer reads which stage or limit changes.
 */
export class RolloutPolicy extends Construct {
  constructor(scope: Construct, id: string, props: RolloutPolicyProps) {
    super(scope, id);
    const { bucket, objectName, endpointName, replicas, stages, limits, approvers, bakeMinutes } = props;
    requireGrowth(this, stages);
    requireRange(this, "replicas.minReplicaCount", replicas.minReplicaCount, 1, replicas.maxReplicaCount);
    requireRange(this, "limits.serverErrorRatio", limits.serverErrorRatio, 0, 1);
    const policy = { endpoint: endpointName, replicas, stages, limits, approvers, bakeMinutes };

    new StorageBucketObject(this, "Resource", {
      bucket: bucket.bucketName,
      name: objectName,
      content: JSON.stringify(policy, null, 2),
      contentType: "application/json",
    });
    new TerraformOutput(this, "Policy", { value: policy, description: `Rollout policy in ${objectName}` });
  }
}

/** A rollout moves forward only, and ends with all traffic on the new version. */
function requireGrowth(scope: Construct, stages: readonly RolloutStage[]): void {
  const shares = stages.map(({ share }) => share);
  const grows = shares.every((share, index) => share > (shares[index - 1] ?? 0));
  if (!grows || shares.at(-1) !== 100) {
    throw new Error(`${scope.node.path}: the share of 'stages' must grow to 100, got ${shares.join(", ") || "none"}`);
  }
}
