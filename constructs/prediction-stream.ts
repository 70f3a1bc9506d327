import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { createHash } from "node:crypto";

import { beamYamlTemplate, flexTemplatePath } from "../catalog/dataflow-templates";
import type { IBucket } from "./bucket";
import type { IEncryptionKey } from "./encryption-key";
import { requireRange } from "./errors";
import type { Grant } from "./grant";
import { literal } from "./literal";
import type { INetwork } from "./network";
import { PlatformStack } from "./platform-stack";
import type { IServiceAccount } from "./service-account";
import type { Subscription } from "./subscription";
import type { Table } from "./table";

/** What a model is given for a key and a window. */
export interface PredictionFeature {
  readonly name: string;
  readonly function: "count" | "sum" | "min" | "max" | "mean";
  /** Column it is made of; a count without one counts messages. */
  readonly column?: string;
  /** Counts only messages with this value in the column. */
  readonly equals?: string | number | boolean;
}

/** Windows of time that features are made over, in whole hours. */
export interface PredictionWindow {
  readonly type: "sliding" | "fixed";
  /** Length: 1 to 336. */
  readonly hours: number;
  /** Hours between the ends of sliding windows. */
  readonly periodHours?: number | undefined;
}

export interface PredictionStreamProps {
  /** Name of the job within the region: one job of a name runs at a time. */
  readonly jobName: string;

  /** Bucket with what the job is started with, and its pipeline. */
  readonly bucket: IBucket;

  /** Name of the object in it with what the job is started with. */
  readonly objectName: string;

  /** The pipeline: Beam YAML with jinja variables. */
  readonly pipeline: string;

  /** Subscription of its own, which is read back when the job is started. */
  readonly subscription: Subscription;

  /**
   * Attribute of messages with the time of the event.
   * @default - the time of publishing
   */
  readonly timestampAttribute?: string | undefined;

  /** Column that tells apart what is predicted for. */
  readonly key: string;

  /**
   * Column with a unique id, by which repeated messages are dropped.
   * @default - repeated messages count again
   */
  readonly id?: string | undefined;

  readonly window: PredictionWindow;

  /** Days for which the topic keeps messages: a new job reads a window and the one before it again. */
  readonly retentionDays: number;

  readonly features: readonly PredictionFeature[];

  /** Id of the model's endpoint. */
  readonly endpointId: string;

  readonly predictions: Table;

  /** Table for messages that could not be read, instances that the model refused, and rows that could not be written. */
  readonly deadLetters: Table;

  /** Identity of the workers and of what launches them. */
  readonly serviceAccount: IServiceAccount;

  /** Grants without which they fail. */
  readonly grants: readonly Grant[];

  /** Bucket for staged code and temporary files. */
  readonly temporaryBucket: IBucket;

  readonly network: INetwork;

  /** Key that encrypts the job's state and its workers' disks. */
  readonly encryptionKey: IEncryptionKey;

  /** Compute Engine machine type of the workers. */
  readonly machineType: string;

  /** Most workers it scales to: 1 to 1000. */
  readonly maxWorkers: number;
}

/**
 * A Dataflow job that predicts over windows of a stream, as far as it can be declared: the job asks for a deployed model when it
 * starts, so that a workflow starts it, with the object made here. The same settings are an output of the stack, since plans hide
 * the content of objects.
 */
export class PredictionStream extends Construct {
  private readonly worker: IServiceAccount;
  private readonly subscription: Subscription;

  constructor(scope: Construct, id: string, props: PredictionStreamProps) {
    super(scope, id);
    const { bucket, objectName, window } = props;
    const { hours, periodHours = hours } = window;
    requireRange(this, "hours", hours, 1, 336);
    requireRange(this, "maxWorkers", props.maxWorkers, 1, 1000);
    const needed = Math.ceil((hours + periodHours) / 24);
    requireRange(this, "retentionDays", props.retentionDays, needed, 31);
    this.worker = props.serviceAccount;
    this.subscription = props.subscription;

    // Named by its content, so that a changed pipeline shows in the plan.
    const digest = createHash("sha256").update(props.pipeline).digest("hex").slice(0, 12);
    const pipelineName = `pipelines/${props.jobName}-${digest}.yaml`;
    const pipeline = new StorageBucketObject(this, "Pipeline", {
      bucket: bucket.bucketName,
      name: pipelineName,
      content: literal(props.pipeline),
      contentType: "application/yaml",
    });
    const start = {
      subscription: props.subscription.subscriptionId,
      windowHours: hours,
      periodHours,
      readableHours: props.retentionDays * 24,
      launch: this.launch(props, `gs://${bucket.bucketName}/${pipelineName}`),
      variables: this.variables(props),
    };
    new StorageBucketObject(this, "Start", {
      bucket: bucket.bucketName,
      name: objectName,
      content: JSON.stringify(start, null, 2),
      contentType: "application/json",
      dependsOn: [pipeline, ...props.encryptionKey.grants, ...props.grants],
    });
    new TerraformOutput(this, "Settings", { value: start, description: `Predictions over a stream in ${objectName}` });
  }

  /**
   * Lets `identity` start and drain the job: `roles/dataflow.developer` on the project, `roles/iam.serviceAccountUser` on the
   * job's account, and `roles/pubsub.subscriber` on its subscription, which includes reading it back.
   */
  grantOperate(identity: IServiceAccount): Grant[] {
    return [
      identity.grantOnProject("roles/dataflow.developer"),
      this.worker.grantActAs(identity),
      this.subscription.grantConsume(identity),
    ];
  }

  /** `LaunchFlexTemplateParameter` of Dataflow's API, without the variables, of which one is known at the start only. */
  private launch(props: PredictionStreamProps, pipeline: string) {
    const { region } = PlatformStack.of(this).environment;
    const temporary = `gs://${props.temporaryBucket.bucketName}`;
    return {
      jobName: props.jobName,
      containerSpecGcsPath: flexTemplatePath(region, beamYamlTemplate),
      parameters: { yaml_pipeline_file: pipeline },
      environment: {
        serviceAccountEmail: props.serviceAccount.email,
        subnetwork: props.network.subnetworkPath,
        ipConfiguration: "WORKER_IP_PRIVATE",
        kmsKeyName: props.encryptionKey.keyId,
        tempLocation: `${temporary}/temp`,
        stagingLocation: `${temporary}/staging`,
        machineType: props.machineType,
        launcherMachineType: "n1-standard-1",
        numWorkers: 1,
        maxWorkers: props.maxWorkers,
        enableStreamingEngine: true,
        additionalUserLabels: PlatformStack.of(this).labels,
      },
    };
  }

  private variables({ window, features, ...props }: PredictionStreamProps) {
    const { project, region } = PlatformStack.of(this).environment;
    return {
      subscription: props.subscription.subscriptionId,
      timestamp_attribute: props.timestampAttribute ?? "",
      key: props.key,
      id: props.id ?? "",
      // Hours, never days: Beam takes a `d` for 12 hours.
      windowing: {
        type: window.type,
        size: `${window.hours}h`,
        ...(window.periodHours !== undefined && { period: `${window.periodHours}h` }),
      },
      features,
      project,
      location: region,
      endpoint: props.endpointId,
      predictions: props.predictions.tableName,
      dead_letters: props.deadLetters.tableName,
    };
  }
}
