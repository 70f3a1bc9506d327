import { Construct } from "constructs";

import { dataflowTemplates } from "../catalog/dataflow-templates";
import type { JobConfig, StreamConfig, TeamConfig } from "../config/schema/team";
import { type AvroRecord, columnsOf } from "../constructs/avro";
import { Bucket } from "../constructs/bucket";
import { Dataset } from "../constructs/dataset";
import { Principal } from "../constructs/identity";
import { MessageSchema } from "../constructs/message-schema";
import { Network } from "../constructs/network";
import type { Environment } from "../constructs/platform-stack";
import { ServiceAccount } from "../constructs/service-account";
import { ServiceAgent } from "../constructs/service-agent";
import { StreamingJob } from "../constructs/streaming-job";
import { Subscription } from "../constructs/subscription";
import { type Column, Table } from "../constructs/table";
import { Topic } from "../constructs/topic";
import { foundationNames, platformKey } from "./foundation";
import { bigqueryId, bucketName, resourceName } from "./naming";
import { TeamStack, type TeamStackProps } from "./team-stack";

/** What other stacks may refer to. */
export function ingestionNames({ project }: Environment, team: string) {
  return {
    rawDataset: bigqueryId(team, "raw"),
    archiveBucket: bucketName(project, team, "archive"),
    landingBucket: bucketName(project, team, "landing"),
    landingTopic: resourceName(team, "landing"),
    topic: (stream: string) => resourceName(team, stream),
    tableSubscription: (stream: string) => resourceName(team, stream, "to-bigquery"),
    deadLetter: (stream: string) => resourceName(team, stream, "dead-letter"),
    job: (job: string) => resourceName(team, job),
    jobSubscription: (job: string) => resourceName(team, job, "job"),
  };
}

/** Columns that a BigQuery subscription adds with `write_metadata` (Pub/Sub documentation, "BigQuery subscriptions"). */
const metadataColumns: readonly Column[] = [
  { name: "subscription_name", type: "STRING", mode: "NULLABLE" },
  { name: "message_id", type: "STRING", mode: "NULLABLE" },
  { name: "publish_time", type: "TIMESTAMP", mode: "NULLABLE" },
  { name: "attributes", type: "JSON", mode: "NULLABLE" },
];

/** How a team's data comes in: streams of messages into raw tables, files into a landing bucket, Dataflow jobs. */
export class IngestionStack extends TeamStack {
  private readonly names: ReturnType<typeof ingestionNames>;
  private readonly owners: Principal;
  private readonly raw: Dataset;
  private readonly topics = new Map<string, Topic>();

  constructor(scope: Construct, props: TeamStackProps) {
    super(scope, "ingestion", props);
    const { environment, teamName, team } = props;
    this.names = ingestionNames(environment, teamName);
    this.owners = new Principal(team.owners);

    this.raw = new Dataset(this, "Raw", {
      datasetId: this.names.rawDataset,
      description: `Messages of team ${teamName}, as they came in`,
      encryptionKey: platformKey(this, "bigquery"),
    });
    this.raw.grantWrite(ServiceAgent.of(this, "pubsub"));
    this.raw.grantRead(this.owners);

    for (const [name, stream] of Object.entries(team.ingestion.streams)) {
      this.addStream(name, stream);
    }
    this.addLanding(team.ingestion.landing);
    this.addJobs(team.ingestion.jobs);
  }

  private addStream(name: string, stream: StreamConfig): void {
    const scope = new Construct(this, `Stream-${name}`);
    const encryptionKey = platformKey(this, "pubsub");
    const record = stream.schema.content as AvroRecord;

    const schema = new MessageSchema(scope, "Schema", { schemaName: this.names.topic(name), record });
    const topic = new Topic(scope, "Topic", {
      topicName: this.names.topic(name),
      encryptionKey,
      retentionDays: stream.retentionDays,
      schemaId: schema.schemaId,
      persistenceRegions: stream.persistenceRegions,
    });
    this.topics.set(name, topic);

    const deadLetters = new Topic(scope, "DeadLetterTopic", {
      topicName: this.names.deadLetter(name),
      encryptionKey,
      persistenceRegions: stream.persistenceRegions,
    });
    new Subscription(scope, "DeadLetters", {
      subscriptionName: this.names.deadLetter(name),
      topic: deadLetters,
    }).grantConsume(this.owners);
    for (const publisher of stream.publishers) {
      topic.grantPublish(new Principal(publisher));
    }

    const table = new Table(scope, "Table", {
      dataset: this.raw,
      tableId: bigqueryId(name),
      description: `Messages of ${this.names.topic(name)}`,
      columns: [...columnsOf(record), ...metadataColumns],
      partitionColumn: "publish_time",
      encryptionKey: platformKey(this, "bigquery"),
      ...(stream.partitionExpirationDays !== undefined && { partitionExpirationDays: stream.partitionExpirationDays }),
    });
    new Subscription(scope, "ToTable", {
      subscriptionName: this.names.tableSubscription(name),
      topic,
      writeTo: { table, grants: [this.raw.grantWrite(ServiceAgent.of(this, "pubsub"))] },
      deadLetter: { topic: deadLetters, maxDeliveryAttempts: stream.maxDeliveryAttempts },
    });
  }

  private addLanding(landing: TeamConfig["ingestion"]["landing"]): void {
    const bucket = new Bucket(this, "Landing", {
      bucketName: this.names.landingBucket,
      encryptionKey: platformKey(this, "storage"),
      deleteAfterDays: landing.deleteAfterDays,
    });
    const topic = new Topic(this, "LandingTopic", {
      topicName: this.names.landingTopic,
      encryptionKey: platformKey(this, "pubsub"),
    });
    bucket.announceTo(topic, landing.prefix);
    new Subscription(this, "LandedFiles", { subscriptionName: this.names.landingTopic, topic }).grantConsume(
      this.owners,
    );
    bucket.grantRead(this.owners);
    for (const writer of landing.writers) {
      bucket.grantWrite(new Principal(writer));
    }
  }

  private addJobs(jobs: Readonly<Record<string, JobConfig>>): void {
    if (Object.keys(jobs).length === 0) {
      return;
    }
    const { project } = this.environment;
    const temporary = new Bucket(this, "Temporary", {
      bucketName: bucketName(project, this.names.job("dataflow")),
      encryptionKey: platformKey(this, "storage"),
      deleteAfterDays: 14,
    });
    const archive = new Bucket(this, "Archive", {
      bucketName: this.names.archiveBucket,
      encryptionKey: platformKey(this, "storage"),
    });

    for (const [name, job] of Object.entries(jobs)) {
      const scope = new Construct(this, `Job-${name}`);
      const worker = new ServiceAccount(scope, "Worker", {
        accountId: this.names.job(name),
        description: `Workers of the Dataflow job ${this.names.job(name)}`,
      });
      const subscription = new Subscription(scope, "Subscription", {
        subscriptionName: this.names.jobSubscription(name),
        topic: this.topics.get(job.stream)!,
      });
      const grants = [
        worker.grantOnProject("roles/dataflow.worker"),
        subscription.grantConsume(worker),
        subscription.grantView(worker),
        temporary.grantWrite(worker),
        archive.grantWrite(worker),
      ];
      const parameters: Record<string, string> = { ...job.parameters, inputSubscription: subscription.subscriptionId };
      const output = `gs://${archive.bucketName}/${job.stream}`;

      switch (dataflowTemplates[job.template].sink) {
        case "avro-files":
          parameters["outputDirectory"] = `${output}/`;
          parameters["avroTempDirectory"] = `gs://${temporary.bucketName}/avro/`;
          break;
        case "text-files":
          parameters["outputDirectory"] = `${output}/`;
          parameters["outputFilenamePrefix"] = `${job.stream}-`;
      }

      new StreamingJob(scope, "Job", {
        jobName: this.names.job(name),
        template: job.template,
        parameters,
        serviceAccount: worker,
        grants,
        temporaryBucket: temporary,
        network: Network.fromName(this, foundationNames.network),
        encryptionKey: platformKey(this, "dataflow"),
        machineType: job.machineType,
        maxWorkers: job.maxWorkers,
      });
    }
  }
}
