import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";

import type { IBucket } from "./bucket";
import type { IDataset } from "./dataset";
import type { IEncryptionKey } from "./encryption-key";
import { requireRange } from "./errors";
import { PlatformStack } from "./platform-stack";
import type { IServiceAccount } from "./service-account";

export interface BatchPredictionProps {
  /** Bucket that the workflow reads its settings from. */
  readonly bucket: IBucket;

  /** Name of the object in it. */
  readonly objectName: string;

  /** What is predicted once for. */
  readonly period: "day" | "week" | "month";

  /** Time zone of the periods, such as `Europe/Amsterdam`. */
  readonly timeZone: string;

  /** Model with the alias of a version: `projects/{project}/locations/{region}/models/{model}@champion`. */
  readonly modelName: string;

  /** Table or view of the project, as `dataset.table`. */
  readonly input: string;

  /** Dataset in which every job makes a table of its own. */
  readonly output: IDataset;

  readonly machineType: string;

  readonly startingReplicaCount: number;

  readonly maxReplicaCount: number;

  /** Identity of the model's containers. */
  readonly serviceAccount: IServiceAccount;

  /** Key that encrypts what the job keeps. */
  readonly encryptionKey: IEncryptionKey;
}

/**
 * Batch predictions of a model, as far as they can be declared: jobs come and go, so that a workflow starts them with the object made
 * here. The same settings are an output of the stack, since plans hide the content of objects.
 */
export class BatchPrediction extends Construct {
  constructor(scope: Construct, id: string, props: BatchPredictionProps) {
    super(scope, id);
    const { project } = PlatformStack.of(this).environment;
    const { bucket, objectName, period, timeZone, startingReplicaCount, maxReplicaCount } = props;
    requireRange(this, "startingReplicaCount", startingReplicaCount, 1, maxReplicaCount);
    const settings = {
      period,
      timeZone,
      job: {
        model: props.modelName,
        inputConfig: {
          instancesFormat: "bigquery",
          bigquerySource: { inputUri: `bq://${project}.${props.input}` },
        },
        outputConfig: {
          predictionsFormat: "bigquery",
          bigqueryDestination: { outputUri: `bq://${project}.${props.output.datasetId}` },
        },
        dedicatedResources: {
          machineSpec: { machineType: props.machineType },
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
