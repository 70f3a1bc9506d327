import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";

import type { AutoscalingMetricSpec } from "../catalog/autoscaling-metrics";
import type { IBucket } from "./bucket";
import { requireRange } from "./errors";
import { sequentialBound } from "./sequential-bound";

/** A step of a traffic shift. */
export interface RolloutStage {
  /** Percent of traffic that the new version gets. */
  readonly share: number;
  /** Minutes for which the stage is watched. */
  readonly holdMinutes: number;
  /** Requests to the new version below which no verdict is made. */
  readonly minimumSamples: number;
  /** Whether an approver is asked before the stage begins. */
  readonly approval: boolean;
}

/** What makes a rollout go back at once. */
export interface RolloutLimits {
  /** Share of 5xx responses. */
  readonly serverErrorRatio: number;
  /** 95th percentile of the latency. */
  readonly latencyP95Milliseconds: number;
  /** 99th percentile of the latency. */
  readonly latencyP99Milliseconds?: number | undefined;
  /** Requests to the new version below which no limit acts. */
  readonly minimumSamples: number;
}

/** How much worse than the old version the new one may be. */
export interface RolloutComparison {
  /** Chance that an equally good version is rolled back, over all looks of all stages. */
  readonly errorRate: number;
  /** Difference of the shares of 5xx responses. */
  readonly serverErrorTolerance: number;
  /** Quotient of the 95th percentiles of the latency. */
  readonly latencyRatio: number;
}

/** A metric of the business that both versions are compared by. */
export interface BusinessMetric {
  /** BigQuery query with a row per version: `deployed_model_id`, `units`, `mean`, `variance`. */
  readonly query: string;
  readonly better: "higher" | "lower";
  /** How much worse the new version's mean may be, in the metric's own unit. */
  readonly tolerance: number;
  readonly minimumUnits: number;
  /** Stages with at least this share are judged by it. */
  readonly fromShare: number;
}

/** What must be true of a metric before a version becomes the challenger. */
export interface MetricGate {
  readonly better: "higher" | "lower";
  /** How much worse than the champion's it may be. */
  readonly tolerance?: number | undefined;
  /** Worst value that passes. */
  readonly limit?: number | undefined;
}

/** What must be true of a version before it becomes the challenger. */
export interface Gates {
  readonly metrics: Readonly<Record<string, MetricGate>>;
  /** By feature: how much a metric may differ between its slices. */
  readonly slices: Readonly<Record<string, { readonly metric: string; readonly largestGap: number }>>;
  readonly dataValidation: boolean;
  readonly explanation: boolean;
  /** Whether the owners are asked, and for how long. */
  readonly approval?: { readonly minutes: number } | undefined;
}

/** What a replica of a model runs on. */
export interface ReplicaShape {
  readonly machineType: string;
  readonly acceleratorType?: string;
  readonly acceleratorCount?: number;
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  /**
   * What is scaled by between the two, one entry a metric, in Vertex AI's names and units.
   * @default - Vertex AI's own: CPU and GPU, both at 60 percent
   */
  readonly autoscalingMetricSpecs?: readonly AutoscalingMetricSpec[];
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

  /** Model of the registry: `projects/{project}/locations/{region}/models/{id}` */
  readonly modelName: string;

  readonly replicas: ReplicaShape;

  /** Steps in order, the last with share 100. */
  readonly stages: readonly RolloutStage[];

  /** Minutes between two looks at the limits. */
  readonly watchMinutes: number;

  /** Planned comparisons with the old version in a stage. */
  readonly looks: number;

  readonly limits: RolloutLimits;

  readonly comparison: RolloutComparison;

  /**
   * Business metric.
   * @default - versions are compared by errors and latency only
   */
  readonly business?: BusinessMetric;

  /** Minutes after a stage's hold for which a verdict is waited for when there is none. */
  readonly deadlineMinutes: number;

  /** What happens at the deadline when the data does not decide. */
  readonly onInconclusive: "pause" | "rollback";

  /** What happens at the deadline when there is no data. */
  readonly onNoData: "pause" | "rollback";

  /** Who may approve, for people who read the policy: IAM decides. */
  readonly approvers: readonly string[];

  /** Minutes after which an approval expires. */
  readonly approvalMinutes: number;

  /** What happens when it does. */
  readonly onApprovalExpired: "hold" | "rollback";

  /** What a rollout of a newer version does to one under way. */
  readonly onNewerVersion: "refuse" | "replace";

  /** Minutes for which the old version stays deployed after the last stage. */
  readonly bakeMinutes: number;

  /** What a version must pass before it becomes the challenger. */
  readonly gates: Gates;

  /**
   * Instances that a version must explain before it gets traffic.
   * @default - it is not asked to
   */
  readonly explanations?: { readonly instances: readonly unknown[] };

  /** Versions that stay in the registry: the newest ones, and those younger than so many days. */
  readonly retention: { readonly versions: number; readonly days: number };

  /** When a deployed model counts as forgotten, and whether it is taken down then. */
  readonly idle: { readonly hours: number; readonly action: "report" | "retire" };

  /**
   * Object in the same bucket with which predictions over a stream are started, once a version answers.
   * @default - there are none
   */
  readonly stream?: string;
}

/**
 * What a team allows a rollout to do, as a JSON object in a bucket. The provider hides the content of objects in plans, so
 * the same policy is an output of the stack: there a reviewer reads which stage or limit changes.
 */
export class RolloutPolicy extends Construct {
  constructor(scope: Construct, id: string, props: RolloutPolicyProps) {
    super(scope, id);
    requireGrowth(this, props.stages);
    requireRange(this, "replicas.minReplicaCount", props.replicas.minReplicaCount, 1, props.replicas.maxReplicaCount);
    requireRange(this, "limits.serverErrorRatio", props.limits.serverErrorRatio, 0, 1);
    const { bucket, objectName, endpointName, modelName, ...rest } = props;
    const policy = { endpoint: endpointName, model: modelName, ...rest, criticalValue: criticalValue(props) };

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

/** Comparisons at most after a stage's hold, however long its verdict is waited for. */
const mostLateLooks = 10;

/**
 * Standard errors that a difference must have to count at a look. The declared error rate is shared out among the stages that compare
 * and the metrics compared, and in a stage among all of its looks, those after its hold included.
 */
function criticalValue({ stages, looks, deadlineMinutes, comparison, business }: RolloutPolicyProps): number {
  const compared = stages.filter(({ share }) => share < 100);
  const tests = Math.max(1, compared.length) * (business === undefined ? 1 : 2);
  const lateLooks = compared.map(({ holdMinutes }) => Math.floor(deadlineMinutes / (holdMinutes / looks)));
  const most = looks + Math.min(mostLateLooks, Math.max(0, ...lateLooks));
  return Number(sequentialBound(comparison.errorRate / tests, most).toFixed(3));
}
