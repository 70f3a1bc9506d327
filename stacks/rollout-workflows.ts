import { Construct } from "constructs";

import { endpointMetrics } from "../catalog/metrics";
import type { ModelConfig } from "../config/schema/team";
import { Alert } from "../constructs/alert";
import { AlertCondition } from "../constructs/alert-condition";
import type { IBucket } from "../constructs/bucket";
import { CustomRole } from "../constructs/custom-role";
import { Dataset, type IDataset } from "../constructs/dataset";
import type { Endpoint } from "../constructs/endpoint";
import type { Grant } from "../constructs/grant";
import { failingShare } from "../constructs/limit-lines";
import { NotificationTopic } from "../constructs/notification-topic";
import type { PlatformStack } from "../constructs/platform-stack";
import { type IServiceAccount, ServiceAccount } from "../constructs/service-account";
import { Topic } from "../constructs/topic";
import type { Workflow } from "../constructs/workflow";
import { WorkflowSchedule } from "../constructs/workflow-schedule";
import { WorkflowTrigger } from "../constructs/workflow-trigger";
import { platformRoles } from "./bootstrap-names";
import { platformKey } from "./foundation";
import { ingestionNames } from "./ingestion";
import { resourceName } from "./naming";
import { pipelinesNames } from "./pipelines";
import { registryNames } from "./registry-names";
import { addTeamWorkflow } from "./team-workflow";

/** A model that is rolled out, with what the workflows act on. */
export interface RolledOutModel {
  readonly name: string;
  readonly model: ModelConfig;
  readonly endpoint: Endpoint;
  readonly endpointId: string;
  readonly predictor: IServiceAccount;
}

export interface RolloutWorkflowsProps {
  readonly teamName: string;
  readonly models: readonly RolledOutModel[];
  /** Bucket with the policies; the state of rollouts lives there too. */
  readonly policies: IBucket;
  /** What queries of business metrics join: what was asked and answered, by deployed model. */
  readonly answers: readonly IDataset[];
}

/**
 * The workflows that move models and their traffic, each with an identity of its own, so that the audit log says which of them did
 * what; and the alert that rolls back without them.
 */
export class RolloutWorkflows extends Construct {
  private readonly journal: IDataset;

  constructor(
    private readonly stack: PlatformStack,
    id: string,
    private readonly props: RolloutWorkflowsProps,
  ) {
    super(stack, id);
    const { environment } = stack;
    const { teamName, models, answers } = props;
    this.journal = Dataset.fromName(this, "Journal", registryNames(environment, teamName).journalDataset);
    const asks = models.some(({ model }) => model.rollout.business !== undefined);
    const raw = Dataset.fromName(this, "Raw", ingestionNames(environment, teamName).rawDataset);

    this.add("rollout", "Brings a new version of a model to all traffic, or back", (account) => [
      ...this.mayMoveTraffic(account),
      account.grantOnProject("roles/aiplatform.viewer"),
      account.grantOnProject("roles/monitoring.viewer"),
      account.grantOnProject("roles/workflows.invoker"),
      ...(asks ? [account.grantOnProject("roles/bigquery.jobUser")] : []),
      ...(asks ? [raw, ...answers].map((dataset) => dataset.grantRead(account)) : []),
      ...models.map(({ predictor }) => predictor.grantActAs(account)),
    ]);
    this.add("rollback", "Gives the old version of a model its traffic back", (account) => [
      ...this.mayMoveTraffic(account),
      account.grantOnProject("roles/aiplatform.viewer"),
    ]);
    const watchdog = this.add("watchdog", "Rolls back when an alert says so", (account) => [
      props.policies.grantRead(account),
      account.grantOnProject("roles/workflows.invoker"),
    ]);
    this.watch(watchdog);
    this.guard();
  }

  /** What is deployed and not asked anything is found by the clock, and so is a rollout that nobody executes any more. */
  private guard(): void {
    const { teamName, models, policies } = this.props;
    const role = CustomRole.nameOf(this, platformRoles.rollout);
    this.add("retire", "Takes down what has no traffic and nothing needs", (account) => [
      policies.grantRead(account),
      this.journal.grantWrite(account),
      account.grantOnProject("roles/aiplatform.viewer"),
      account.grantOnProject("roles/workflows.invoker"),
      ...models.map(({ endpoint }) => endpoint.grantRollout(account, role)),
    ]);
    const idle = this.add(
      "idle",
      "Finds deployed models without traffic, and rollouts without an execution",
      (account) => [
        policies.grantRead(account),
        this.journal.grantWrite(account),
        account.grantOnProject("roles/aiplatform.viewer"),
        account.grantOnProject("roles/monitoring.viewer"),
        account.grantOnProject("roles/workflows.invoker"),
      ],
    );
    new WorkflowSchedule(this, "IdleHourly", {
      scheduleName: resourceName(teamName, "idle"),
      description: `Looks after the deployed models of team ${teamName}`,
      schedule: "20 * * * *",
      timeZone: "Etc/UTC",
      workflow: idle,
      argument: { actor: "schedule" },
      // The registry lets it start workflows.
      serviceAccount: ServiceAccount.fromName(
        this,
        "Scheduler",
        pipelinesNames(this.stack.environment, teamName).scheduler,
      ),
      grants: [],
    });
  }

  private add(name: string, description: string, grantsOf: (account: ServiceAccount) => readonly Grant[]): Workflow {
    return addTeamWorkflow(this, { teamName: this.props.teamName, name, description, grantsOf });
  }

  private mayMoveTraffic(account: IServiceAccount): Grant[] {
    const role = CustomRole.nameOf(this, platformRoles.rollout);
    return [
      this.props.policies.grantWrite(account),
      this.journal.grantWrite(account),
      ...this.props.models.map(({ endpoint }) => endpoint.grantRollout(account, role)),
    ];
  }

  /** Incidents about a version that fails go to the watchdog, whatever the rollout's own execution does. */
  private watch(watchdog: Workflow): void {
    const { teamName, models } = this.props;
    const name = resourceName(teamName, "incidents");
    const topic = new Topic(this, "Incidents", { topicName: name, encryptionKey: platformKey(this, "pubsub") });
    const notify = new NotificationTopic(this, "Channel", { displayName: `Watchdog of team ${teamName}`, topic });
    const trigger = new ServiceAccount(this, "Trigger", {
      accountId: name,
      description: `Starts the workflow ${resourceName(teamName, "watchdog")}`,
    });
    new WorkflowTrigger(this, "OnIncident", {
      triggerName: name,
      topic,
      workflow: watchdog,
      serviceAccount: trigger,
      grants: [
        trigger.grantOnProject("roles/eventarc.eventReceiver"),
        trigger.grantOnProject("roles/workflows.invoker"),
      ],
    });
    for (const { name: model, model: config, endpointId } of models) {
      // Five minutes of few answers are often above a limit by chance: what is just above it, rollouts judge by all of their answers.
      const { serverErrorRatio, latencyP95Milliseconds, latencyP99Milliseconds } = config.rollout.limits;
      const share = failingShare(serverErrorRatio);
      const metrics = endpointMetrics(endpointId);
      const scope = new Construct(this, `Model-${model}`);
      const alert = (id: string, what: string, condition: AlertCondition) =>
        new Alert(scope, id, {
          displayName: `${resourceName(teamName, model)}: ${what}`,
          severity: "CRITICAL",
          conditions: [condition],
          documentation: "A rollout under way is rolled back by the watchdog. Nothing happens where none is.",
          labels: { model },
          notify,
        });
      alert(
        "Failing",
        "a version fails",
        AlertCondition.ratioAbove({
          displayName: `more than ${Number((share * 100).toFixed(2))} % of a version's responses are 5xx`,
          filter: metrics.serverErrors,
          totalFilter: metrics.responses,
          groupBy: ["metric.label.deployed_model_id"],
          above: share,
          forSeconds: 300,
        }),
      );
      // Every version has a time series of its own.
      const slow = (percentile: 95 | 99, milliseconds: number) =>
        AlertCondition.above({
          displayName: `${percentile}th percentile of a version's latency above ${2 * milliseconds} ms`,
          filter: metrics.latency,
          aligner: `ALIGN_PERCENTILE_${percentile}`,
          above: 2 * milliseconds,
          forSeconds: 300,
          silenceIsFine: true,
        });
      alert("Slow", "a version is slow", slow(95, latencyP95Milliseconds));
      if (latencyP99Milliseconds !== undefined) {
        alert("SlowAtWorst", "a version is slow at worst", slow(99, latencyP99Milliseconds));
      }
    }
  }
}
