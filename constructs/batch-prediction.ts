import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";

import type { IBucket } from "./bucket";
import type { IDataset } from "./dataset";
import type { IEncryptionKey } from "./encryption-key";
import { requireRange } from "./errors";
import { PlatformStack } from "./platform-stack";
import type { IServiceAccount } from "./service-account";

/** What is predicted for: all rows of a table or view, or all objects of a folder. */
export type BatchInput =
  | {
      /** Of the project, as `dataset.table`. */
      readonly table: string;
    }
  | {
      readonly bucket: IBucket;
      /** Folder; `{period}` stands for the key of the period. */
      readonly prefix: string;
      readonly format: "jsonl" | "csv" | "tf-record" | "tf-record-gzip";
    };

export interface BatchPredictionProps {
  /** Bucket that the workflow reads its settings from. */
  readonly bucket: IBucket;

  /** Name of the object in it. */
  readonly objectName: string;

  /** What is predicted once for. */
  readonly period: "hour" | "day" | "week" | "month";

  /** Time zone of days, weeks and months, such as `Europe/Amsterdam`. */
  readonly timeZone: string;

  /** Model with the alias of a version: `projects/{project}/locations/{region}/models/{model}@champion`. */
  readonly modelName: string;

  readonly input: BatchInput;

  /** Dataset in which every job makes a table of its own. */
  readonly output: IDataset;

  readonly machineType: string;

  /**
   * Accelerators of a replica.
   * @default - none
   */
  readonly accelerator?: { readonly type: string; readonly count: number };

  readonly startingReplicaCount: number;

  readonly maxReplicaCount: number;

  /** Identity of the model's containers. */
  readonly serviceAccount: IServiceAccount;

  /** Key that encrypts what the job keeps. */
  readonly encryptionKey: IEncryptionKey;
}

/** What the workflow puts the period's key in the place of. */
const placeholder = "{period}";

/**
 * Batch predictions of a model, as far as they can be declared: jobs come and go, so that a workflow starts them with the object made
 * here. The same settings are an output of the stack, since plans hide the content of objects.
 */
export class BatchPrediction extends Construct {
  constructor(scope: Construct, id: string, props: BatchPredictionProps) {
    super(scope, id);
    const { project } = PlatformStack.of(this).environment;
    const { bucket, objectName, period, timeZone, startingReplicaCount, maxReplicaCount, accelerator } = props;
    requireRange(this, "startingReplicaCount", startingReplicaCount, 1, maxReplicaCount);
    const settings = {
      period,
      timeZone,
      placeholder,
      job: {
        model: props.modelName,
        inputConfig: inputConfig(props.input, project),
        outputConfig: {
          predictionsFormat: "bigquery",
          bigqueryDestination: { outputUri: `bq://${project}.${props.output.datasetId}` },
        },
        dedicatedResources: {
          machineSpec: {
            machineType: props.machineType,
            ...(accelerator && { acceleratorType: accelerator.type, acceleratorCount: accelerator.count }),
          },
          startingReplicaCount,
          maxReplicaCount,
        },
        serviceAccount: props.serviceAccount.email,
        encryptionSpec: { kmsKeyName: props.encryptionKey.keyId },
      },
    };
    new StorageBucketObject(this, "Resource", {
      bucket: bucket.bucketName,
      name: objectName,
      content: JSON.stringify(settings, null, 2),
      contentType: "application/json",
    });
    new TerraformOutput(this, "Settings", { value: settings, description: `Batch predictions in ${objectName}` });
  }
}

function inputConfig(input: BatchInput, project: string) {
  return "table" in input
    ? { instancesFormat: "bigquery", bigquerySource: { inputUri: `bq://${project}.${input.table}` } }
    : { instancesFormat: input.format, gcsSource: { uris: [`gs://${input.bucket.bucketName}/${input.prefix}*`] } };
}
