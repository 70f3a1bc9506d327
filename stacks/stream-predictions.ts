import { Construct } from "constructs";

import { beamPipeline } from "../config/beam-pipeline";
import type { PredictionStreamConfig } from "../config/schema/prediction-stream";
import { Bucket, type IBucket } from "../constructs/bucket";
import { Dataset } from "../constructs/dataset";
import type { IIdentity } from "../constructs/identity";
import { Network } from "../constructs/network";
import type { PlatformStack } from "../constructs/platform-stack";
import { type PredictionFeature, PredictionStream } from "../constructs/prediction-stream";
import { ServiceAccount } from "../constructs/service-account";
import { Subscription } from "../constructs/subscription";
import { type Column, Table } from "../constructs/table";
import { Topic } from "../constructs/topic";
import { foundationNames, platformKey } from "./foundation";
import { ingestionNames } from "./ingestion";
import { bigqueryId } from "./naming";
import { registryNames } from "./registry-names";
import type { RolledOutModel } from "./rollout-workflows";
import { servingNames } from "./serving-names";
import { addTeamWorkflow } from "./team-workflow";

/** Object beside a model's policy with which its predictions over a stream are started. */
export const streamObject = (model: string): string => `${model}/stream.json`;

const column = (name: string, type: Column["type"], mode: Column["mode"], description: string): Column => ({
  name,
  type,
  mode,
  description,
});

/** What the pipeline writes: rows of `dataflow/predict.yaml`. */
const predictionColumns: readonly Column[] = [
  column("key", "STRING", "REQUIRED", "What the prediction is for"),
  column("window_start", "TIMESTAMP", "REQUIRED", "First instant of the window"),
  column("window_end", "TIMESTAMP", "REQUIRED", "First instant after it"),
  column("features", "JSON", "REQUIRED", "What the model was given"),
  column("prediction", "JSON", "REQUIRED", "What it answered"),
  column("deployed_model_id", "STRING", "REQUIRED", "Deployed model that answered"),
  column(
    "predicted_at",
    "TIMESTAMP",
    "REQUIRED",
    "When it answered; of rows with equal key and window the last counts",
  ),
];

const deadLetterColumns: readonly Column[] = [
  column("step", "STRING", "REQUIRED", "parse: not read; predict: refused by the model; write: refused by BigQuery"),
  column("error", "STRING", "REQUIRED", "What was wrong"),
  column("payload", "STRING", "REQUIRED", "Message, or row as JSON"),
  column("failed_at", "TIMESTAMP", "REQUIRED", "When it was given up"),
];

export interface StreamPredictionsProps {
  readonly teamName: string;
  readonly owners: IIdentity;
  /** Bucket with the policies of rollouts. */
  readonly policies: IBucket;
  /** Models that predict over a stream. */
  readonly models: readonly RolledOutModel[];
  /** Days for which the team's streams keep messages, by stream. */
  readonly retentionDays: Readonly<Record<string, number>>;
}

/** Predictions over windows of a team's streams: their tables, what the jobs need, and the workflow that starts and drains them. */
export class StreamPredictions extends Construct {
  /** Tables of predictions. */
  readonly dataset: Dataset;

  private readonly temporary: Bucket;

  constructor(
    private readonly stack: PlatformStack,
    id: string,
    private readonly props: StreamPredictionsProps,
  ) {
    super(stack, id);
    const { environment } = stack;
    const { teamName, owners, models } = props;
    const names = servingNames(environment, teamName);
    this.dataset = new Dataset(this, "Predictions", {
      datasetId: names.predictionDataset,
      description: `Predictions of team ${teamName} over windows of streams`,
      encryptionKey: platformKey(this, "bigquery"),
    });
    this.dataset.grantRead(owners);
    this.temporary = new Bucket(this, "Temporary", {
      bucketName: names.streamBucket,
      encryptionKey: platformKey(this, "storage"),
      deleteAfterDays: 14,
    });
    this.addWorkflow(models.map((model) => this.addStream(model, model.model.stream!)));
  }

  private addStream(
    { name, endpoint, endpointId }: RolledOutModel,
    settings: PredictionStreamConfig,
  ): PredictionStream {
    const { environment } = this.stack;
    const { teamName, policies } = this.props;
    const scope = new Construct(this, name);
    const jobName = servingNames(environment, teamName).streamJob(name);
    const { stream, features, machineType, maxWorkers, key, id, timestampAttribute, window } = settings;

    const worker = new ServiceAccount(scope, "Worker", {
      accountId: jobName,
      description: `Workers of the Dataflow job ${jobName}`,
    });
    const subscription = new Subscription(scope, "Subscription", {
      subscriptionName: jobName,
      topic: Topic.fromName(scope, "Topic", ingestionNames(environment, teamName).topic(stream)),
    });
    const predictions = new Table(scope, "Table", {
      dataset: this.dataset,
      tableId: bigqueryId(name),
      description: `Predictions of ${name} over windows of ${stream}`,
      columns: predictionColumns,
      partitionColumn: "window_end",
      clusterBy: ["key"],
      encryptionKey: platformKey(this, "bigquery"),
      ...(settings.partitionExpirationDays !== undefined && {
        partitionExpirationDays: settings.partitionExpirationDays,
      }),
    });
    const deadLetters = new Table(scope, "DeadLetters", {
      dataset: this.dataset,
      tableId: bigqueryId(name, "dead_letters"),
      description: `What could not be predicted or written for ${name}`,
      columns: deadLetterColumns,
      partitionColumn: "failed_at",
      partitionExpirationDays: 60,
      encryptionKey: platformKey(this, "bigquery"),
    });

    return new PredictionStream(scope, "Stream", {
      jobName,
      bucket: policies,
      objectName: streamObject(name),
      pipeline: beamPipeline("predict"),
      subscription,
      timestampAttribute,
      key,
      id,
      window,
      retentionDays: this.props.retentionDays[stream]!,
      features: Object.entries(features).map(([feature, made]) => ({ name: feature, ...made }) as PredictionFeature),
      endpointId,
      predictions,
      deadLetters,
      serviceAccount: worker,
      grants: [
        worker.grantOnProject("roles/dataflow.worker"),
        subscription.grantConsume(worker),
        subscription.grantView(worker),
        predictions.grantWrite(worker),
        deadLetters.grantWrite(worker),
        endpoint.grantPredict(worker),
        policies.grantRead(worker),
        this.temporary.grantWrite(worker),
      ],
      temporaryBucket: this.temporary,
      network: Network.fromName(scope, foundationNames.network),
      encryptionKey: platformKey(this, "dataflow"),
      machineType,
      maxWorkers,
    });
  }

  private addWorkflow(streams: readonly PredictionStream[]): void {
    const { environment } = this.stack;
    const { teamName, policies } = this.props;
    addTeamWorkflow(this, {
      id: "Workflow",
      teamName,
      name: "stream",
      description: "Starts and drains predictions over a stream",
      grantsOf: (account, scope) => [
        policies.grantRead(account),
        Dataset.fromName(scope, "Journal", registryNames(environment, teamName).journalDataset).grantWrite(account),
        account.grantOnProject("roles/bigquery.jobUser"),
        this.dataset.grantRead(account),
        ...streams.flatMap((stream) => stream.grantOperate(account)),
      ],
    });
  }
}
