import { Construct } from "constructs";

import {
  endpointMetrics,
  failedRuns,
  failedStarts,
  idleModels,
  serviceMetrics,
  streamingJobMetrics,
  subscriptionMetrics,
} from "../catalog/metrics";
import type { ModelConfig } from "../config/schema/team";
import { Alert } from "../constructs/alert";
import { AlertCondition } from "../constructs/alert-condition";
import { type Chart, Dashboard } from "../constructs/dashboard";
import { NotificationChannel } from "../constructs/notification-channel";
import { Objective } from "../constructs/objective";
import type { PipelineSpecification } from "../constructs/scheduled-pipeline";
import { watchBatches } from "./batch-alerts";
import { ingestionNames } from "./ingestion";
import { resourceName } from "./naming";
import { pipelinesNames } from "./pipelines";
import { servingNames } from "./serving-names";
import { TeamStack, type TeamStackProps } from "./team-stack";

/** Who is told when something of a team goes wrong, and where to look. */
export class MonitoringStack extends TeamStack {
  private readonly notify: NotificationChannel;

  constructor(
    scope: Construct,
    private readonly props: TeamStackProps,
  ) {
    super(scope, "monitoring", props);
    const { teamName, team } = props;
    this.notify = new NotificationChannel(this, "Mail", {
      displayName: `Team ${teamName}`,
      email: team.contactEmail,
    });

    const charts: Chart[] = [];
    for (const stream of Object.keys(team.ingestion.streams)) {
      charts.push(...this.watchStream(stream));
    }
    for (const job of Object.keys(team.ingestion.jobs)) {
      charts.push(...this.watchJob(job));
    }
    for (const [name, pipeline] of Object.entries(team.pipelines)) {
      this.watchPipeline(name, (pipeline.specification.content as PipelineSpecification).pipelineInfo.name);
    }
    for (const [name, model] of Object.entries(team.serving.models)) {
      charts.push(...this.watchModel(name, model));
      if (model.stream !== undefined) {
        charts.push(...this.watchPredictions(name));
      }
    }
    watchBatches(this, props, this.notify);
    for (const service of Object.keys(team.serving.services)) {
      charts.push(...this.watchService(service));
    }
    new Dashboard(this, "Dashboard", { displayName: `Team ${teamName}`, charts });
  }

  private watchStream(stream: string): Chart[] {
    const scope = new Construct(this, `Stream-${stream}`);
    const names = ingestionNames(this.environment, this.props.teamName);
    const subscription = names.tableSubscription(stream);
    const { oldestMessageAge } = subscriptionMetrics(subscription);
    const { waitingMessages } = subscriptionMetrics(names.deadLetter(stream));
    const { oldestMessageMinutes } = this.props.team.monitoring;

    new Alert(scope, "OldMessages", {
      displayName: `${subscription}: messages wait longer than ${oldestMessageMinutes} minutes`,
      severity: "ERROR",
      conditions: [
        AlertCondition.above({
          displayName: `oldest message older than ${oldestMessageMinutes} minutes`,
          filter: oldestMessageAge,
          above: oldestMessageMinutes * 60,
          forSeconds: 300,
          aligner: "ALIGN_MAX",
        }),
      ],
      documentation: `Pub/Sub cannot write messages of \`${subscription}\` to its table. Compare the schema of the messages with the columns of the table, and look for revoked grants on the dataset.`,
      notify: this.notify,
    });
    new Alert(scope, "DeadLetters", {
      displayName: `${names.deadLetter(stream)}: messages could not be delivered`,
      severity: "WARNING",
      conditions: [
        AlertCondition.above({
          displayName: "messages in the dead letter subscription",
          filter: waitingMessages,
          above: 0,
          forSeconds: 300,
          aligner: "ALIGN_MAX",
        }),
      ],
      documentation: `Messages were given up. Pull some from \`${names.deadLetter(stream)}\`, mend their producer, and publish them again; they are kept for a week.`,
      notify: this.notify,
    });
    return [
      { title: `${stream}: age of the oldest message`, filter: oldestMessageAge, aligner: "ALIGN_MAX" },
      { title: `${stream}: dead letters`, filter: waitingMessages, aligner: "ALIGN_MAX" },
    ];
  }

  private watchJob(job: string): Chart[] {
    const scope = new Construct(this, `Job-${job}`);
    const names = ingestionNames(this.environment, this.props.teamName);
    const { systemLag } = streamingJobMetrics(names.job(job));
    const { oldestMessageAge } = subscriptionMetrics(names.jobSubscription(job));

    new Alert(scope, "Lag", {
      displayName: `${names.job(job)}: falls behind`,
      severity: "WARNING",
      conditions: [
        AlertCondition.above({
          displayName: "system lag above 10 minutes",
          filter: systemLag,
          above: 600,
          forSeconds: 600,
          aligner: "ALIGN_MAX",
        }),
      ],
      documentation: `The Dataflow job \`${names.job(job)}\` does not keep up. Look for errors in its worker logs, then at \`maxWorkers\`.`,
      notify: this.notify,
    });
    new Alert(scope, "NotReading", {
      displayName: `${names.job(job)}: does not read`,
      severity: "ERROR",
      conditions: [
        AlertCondition.above({
          displayName: "oldest message older than 30 minutes",
          filter: oldestMessageAge,
          above: 1800,
          forSeconds: 300,
          aligner: "ALIGN_MAX",
        }),
      ],
      documentation: `Messages wait for the Dataflow job \`${names.job(job)}\`: it has failed or was stopped. A deploy starts it again; messages are kept for a week.`,
      notify: this.notify,
    });
    return [{ title: `${job}: system lag`, filter: systemLag, aligner: "ALIGN_MAX" }];
  }

  private watchPredictions(model: string): Chart[] {
    const scope = new Construct(this, `Predictions-${model}`);
    const names = servingNames(this.environment, this.props.teamName);
    const job = names.streamJob(model);
    const { systemLag } = streamingJobMetrics(job);
    const { oldestMessageAge } = subscriptionMetrics(job);
    const { replicas } = endpointMetrics(names.endpointId(model));

    new Alert(scope, "Lag", {
      displayName: `${job}: falls behind`,
      severity: "WARNING",
      conditions: [
        AlertCondition.above({
          displayName: "system lag above 30 minutes",
          filter: systemLag,
          above: 1800,
          forSeconds: 1800,
          aligner: "ALIGN_MAX",
        }),
      ],
      documentation: `The Dataflow job \`${job}\` does not keep up. Look for errors of the endpoint in its worker logs, since it tries again for as long as the endpoint fails, then at \`maxWorkers\`.`,
      notify: this.notify,
    });
    new Alert(scope, "NotReading", {
      displayName: `${job}: does not read`,
      severity: "ERROR",
      conditions: [
        AlertCondition.above({
          displayName: "oldest message older than 30 minutes",
          filter: oldestMessageAge,
          above: 1800,
          // A job that starts reads weeks again: for as long as it catches up, messages are old.
          forSeconds: 7200,
          aligner: "ALIGN_MAX",
        }),
        // Without a deployed model nothing is meant to read.
        AlertCondition.above({
          displayName: "a model is deployed",
          filter: replicas,
          above: 0,
          forSeconds: 7200,
          aligner: "ALIGN_MEAN",
        }),
      ],
      documentation: `A model is deployed, but messages wait for the Dataflow job \`${job}\`: it has failed or was drained. Run the workflow \`${resourceName(this.props.teamName, "stream")}\` with action \`start\`; nothing is lost for as long as the topic keeps messages.`,
      notify: this.notify,
    });
    return [{ title: `${model}: system lag of predictions`, filter: systemLag, aligner: "ALIGN_MAX" }];
  }

  private watchPipeline(pipeline: string, specificationName: string): void {
    const scope = new Construct(this, `Pipeline-${pipeline}`);
    const name = pipelinesNames(this.environment, this.props.teamName).pipeline(pipeline);
    new Alert(scope, "NotStarted", {
      displayName: `${name}: could not be started`,
      severity: "ERROR",
      conditions: [
        AlertCondition.logged({ displayName: "Cloud Scheduler reports an error", filter: failedStarts(name) }),
      ],
      documentation: `Vertex AI refused to start \`${name}\`. The log entry of the schedule holds the answer; a grant or a quota is missing most of the time.`,
      notify: this.notify,
    });
    new Alert(scope, "Failed", {
      displayName: `${name}: a run failed`,
      severity: "ERROR",
      conditions: [AlertCondition.logged({ displayName: "a step failed", filter: failedRuns(specificationName) })],
      documentation: `A run of \`${name}\` failed. Vertex AI's page of the run shows the step and its log.`,
      notify: this.notify,
    });
  }

  private watchService(service: string): Chart[] {
    const name = servingNames(this.environment, this.props.teamName).service(service);
    const { requests, serverErrors } = serviceMetrics(name);
    new Alert(new Construct(this, `Service-${service}`), "ServerErrors", {
      displayName: `${name}: too many server errors`,
      severity: "CRITICAL",
      conditions: [
        AlertCondition.ratioAbove({
          displayName: "more than 5 % of responses are 5xx",
          filter: serverErrors,
          totalFilter: requests,
          above: 0.05,
          forSeconds: 300,
        }),
      ],
      documentation: `The Cloud Run service \`${name}\` fails. If \`traffic\` names a new revision, give it back to the old one.`,
      notify: this.notify,
    });
    return [{ title: `${service}: requests`, filter: requests, aligner: "ALIGN_RATE" }];
  }

  private watchModel(name: string, model: ModelConfig): Chart[] {
    const { teamName, team, environment } = this.props;
    const scope = new Construct(this, `Model-${name}`);
    const names = servingNames(environment, teamName);
    const metrics = endpointMetrics(names.endpointId(name));
    const title = resourceName(teamName, name);
    const { limits } = model.rollout;
    const byModel = ["metric.label.deployed_model_id"];

    new Alert(scope, "Forgotten", {
      displayName: `${title}: a deployed version is not asked anything`,
      severity: "WARNING",
      conditions: [
        AlertCondition.logged({
          displayName: `nothing answered for ${model.idle.hours} hours`,
          filter: idleModels(resourceName(teamName, "idle"), name),
        }),
      ],
      documentation: `A version of \`${title}\` is deployed, and billed, and has answered nothing for ${model.idle.hours} hours. The entry of the log names it. Take it down with the workflow \`${resourceName(teamName, "retire")}\`, or find out who should ask it.`,
      notify: this.notify,
    });
    new Alert(scope, "ServerErrors", {
      displayName: `${title}: too many server errors`,
      severity: "CRITICAL",
      conditions: [
        AlertCondition.ratioAbove({
          displayName: `more than ${Number((limits.serverErrorRatio * 100).toFixed(2))} % of responses are 5xx`,
          filter: metrics.serverErrors,
          totalFilter: metrics.responses,
          above: limits.serverErrorRatio,
          forSeconds: 300,
        }),
      ],
      documentation: `The endpoint of \`${title}\` fails. If a rollout is under way, roll it back; else look at the container's logs.`,
      notify: this.notify,
    });
    new Alert(scope, "Latency", {
      displayName: `${title}: too slow`,
      severity: "ERROR",
      conditions: [
        AlertCondition.above({
          displayName: `95th percentile above ${limits.latencyP95Milliseconds} ms`,
          filter: metrics.latency,
          above: limits.latencyP95Milliseconds,
          forSeconds: 600,
          aligner: "ALIGN_PERCENTILE_95",
        }),
      ],
      documentation: `The endpoint of \`${title}\` is slow. Compare its replicas with \`maxReplicaCount\`: at the limit it cannot scale further.`,
      notify: this.notify,
    });
    new Alert(scope, "Silence", {
      displayName: `${title}: nobody asks`,
      severity: "WARNING",
      conditions: [
        AlertCondition.absent({
          displayName: `no response for ${team.monitoring.silentMinutes} minutes`,
          filter: metrics.responses,
          forSeconds: team.monitoring.silentMinutes * 60,
        }),
      ],
      documentation: `Nothing asks \`${title}\` for predictions. Replicas are billed all the same: look at the callers.`,
      notify: this.notify,
    });
    new Objective(scope, "Availability", {
      serviceId: title,
      resourceName: `//aiplatform.googleapis.com/projects/${environment.projectNumber}/locations/${environment.region}/endpoints/${names.endpointId(name)}`,
      goal: model.objective.availability,
      rollingDays: model.objective.rollingDays,
      badFilter: metrics.serverErrors,
      totalFilter: metrics.responses,
      notify: this.notify,
    });
    return [
      { title: `${name}: responses`, filter: metrics.responses, aligner: "ALIGN_RATE", groupBy: byModel },
      { title: `${name}: server errors`, filter: metrics.serverErrors, aligner: "ALIGN_RATE", groupBy: byModel },
      { title: `${name}: latency, 95th percentile`, filter: metrics.latency, aligner: "ALIGN_PERCENTILE_95" },
      { title: `${name}: replicas`, filter: metrics.replicas, aligner: "ALIGN_MEAN" },
    ];
  }
}
