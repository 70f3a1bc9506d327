import type { Construct } from "constructs";

import { Bucket } from "../constructs/bucket";
import { Dataset } from "../constructs/dataset";
import { Principal } from "../constructs/identity";
import { LogSink } from "../constructs/log-sink";
import { Repository } from "../constructs/repository";
import { ServiceAccount } from "../constructs/service-account";
import { Subscription } from "../constructs/subscription";
import { type Column, type ColumnType, Table } from "../constructs/table";
import { Topic } from "../constructs/topic";
import { foundationNames, platformKey } from "./foundation";
import { pipelinesNames } from "./pipelines";
import { registryNames } from "./registry-names";
import { RegistryWorkflows } from "./registry-workflows";
import { approversOf } from "./team-people";
import { TeamStack, type TeamStackProps } from "./team-stack";

/**
 * Methods of the model registry that change a model, as audit logs name them.
 * Source: audit log service catalog of google-cloudevents, 2025-03.
 */
const changes = "UploadModel|UpdateModel|MergeVersionAliases|CopyModel|DeleteModel|DeleteModelVersion";

const column = (name: string, type: ColumnType, description: string): Column => ({
  name,
  type,
  mode: "NULLABLE",
  description,
});

const journalColumns: readonly Column[] = [
  column("decision_id", "STRING", "Unique id"),
  column("decided_at", "TIMESTAMP", "When it was decided"),
  column("team", "STRING", "Team of the model"),
  column("model", "STRING", "Model, as team.yaml calls it"),
  column("version", "STRING", "Version in the registry"),
  column("rollout", "STRING", "Id of the rollout"),
  column("execution", "STRING", "Id of the workflow's execution"),
  column("workflow", "STRING", "Workflow that decided"),
  column("phase", "STRING", "Phase of the rollout after the decision"),
  column("action", "STRING", "What was decided"),
  column("verdict", "STRING", "pass, fail, inconclusive or no-data; null where nothing was judged"),
  column("reason", "STRING", "Why, for people"),
  column("actor", "STRING", "Who asked for it, as they said"),
  column("split_before", "JSON", "Traffic before, percent by deployed model"),
  column("split_after", "JSON", "Traffic after, percent by deployed model"),
  column("evidence", "JSON", "What the decision was based on"),
];

/**
 * Where a team's models live: their artifacts, the workflows that add versions and move their aliases, and an event for every change of a
 * model that the team's pipelines make.
 */
export class RegistryStack extends TeamStack {
  constructor(scope: Construct, props: TeamStackProps) {
    super(scope, "registry", props);
    const { environment, teamName, team } = props;
    const names = registryNames(environment, teamName);
    const pipelines = pipelinesNames(environment, teamName);

    const models = new Bucket(this, "Models", {
      bucketName: names.modelBucket,
      encryptionKey: platformKey(this, "storage"),
    });
    const compiled = Repository.fromName(this, "Pipelines", foundationNames.pipelines);
    const owners = new Principal(team.owners);
    models.grantRead(owners);

    const journal = this.keepJournal(names, approversOf(team));

    const runners = Object.keys(team.pipelines).map((pipeline) =>
      ServiceAccount.fromName(this, `Runner-${pipeline}`, pipelines.runner(pipeline)),
    );
    for (const runner of runners) {
      models.grantWrite(runner);
      compiled.grantRead(runner);
    }

    if (Object.keys(team.serving.models).length > 0) {
      new RegistryWorkflows(this, "Workflows", {
        teamName,
        models,
        journal,
        runners,
        scheduler: ServiceAccount.fromName(this, "Scheduler", pipelines.scheduler),
      });
    }

    const events = new Topic(this, "Events", { topicName: names.events, encryptionKey: platformKey(this, "pubsub") });
    new Subscription(this, "EventSubscription", { subscriptionName: names.events, topic: events }).grantConsume(owners);
    if (runners.length > 0) {
      // Audit logs do not carry the labels of a model; who changed it tells the team.
      new LogSink(this, "ModelChanges", {
        sinkName: names.events,
        topic: events,
        filter: [
          'log_id("cloudaudit.googleapis.com/activity")',
          'protoPayload.serviceName="aiplatform.googleapis.com"',
          `protoPayload.methodName=~"ModelService\\.(${changes})$"`,
          `protoPayload.authenticationInfo.principalEmail=(${runners.map(({ email }) => `"${email}"`).join(" OR ")})`,
        ].join(" AND "),
      });
    }
  }

  /** One row for every decision about a version or its traffic, by people and by workflows. */
  private keepJournal(names: ReturnType<typeof registryNames>, readers: readonly string[]): Dataset {
    const journal = new Dataset(this, "Journal", {
      datasetId: names.journalDataset,
      description: "Decisions about versions of models and their traffic",
      encryptionKey: platformKey(this, "bigquery"),
    });
    for (const reader of readers) {
      journal.grantRead(new Principal(reader));
    }
    new Table(this, "Decisions", {
      dataset: journal,
      tableId: names.journalTable,
      description: "One row a decision; a row may come twice, with the same decision_id",
      columns: journalColumns,
      partitionColumn: "decided_at",
      encryptionKey: platformKey(this, "bigquery"),
    });
    return journal;
  }
}
