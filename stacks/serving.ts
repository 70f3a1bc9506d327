import { Construct } from "constructs";

import { autoscalingMetricSpecs } from "../catalog/autoscaling-metrics";
import type { RolloutConfig } from "../config/schema/rollout";
import type { ModelConfig, ServiceConfig } from "../config/schema/team";
import { Bucket } from "../constructs/bucket";
import { Dataset } from "../constructs/dataset";
import { Endpoint } from "../constructs/endpoint";
import { Principal } from "../constructs/identity";
import { Network } from "../constructs/network";
import { PredictorService } from "../constructs/predictor-service";
import { RolloutPolicy } from "../constructs/rollout-policy";
import { ServiceAccount } from "../constructs/service-account";
import { ServiceAgent } from "../constructs/service-agent";
import { BatchPredictions } from "./batch-predictions";
import { foundationNames, platformKey } from "./foundation";
import { bigqueryId, resourceName } from "./naming";
import { registryNames } from "./registry-names";
import { type RolledOutModel, RolloutWorkflows } from "./rollout-workflows";
import { servingNames } from "./serving-names";
import { streamObject, StreamPredictions } from "./stream-predictions";
import { TeamStack, type TeamStackProps } from "./team-stack";

/** Where a team's models answer: endpoints of Vertex AI, their rollout policies, and predictors on Cloud Run. */
export class ServingStack extends TeamStack {
  private readonly names: ReturnType<typeof servingNames>;

  constructor(
    scope: Construct,
    private readonly props: TeamStackProps,
  ) {
    super(scope, "serving", props);
    const { environment, teamName, team } = props;
    this.names = servingNames(environment, teamName);
    const { models, services } = team.serving;

    if (Object.keys(models).length > 0) {
      const logs = new Dataset(this, "Logs", {
        datasetId: this.names.logDataset,
        description: `Requests to the models of team ${teamName} and their answers`,
        encryptionKey: platformKey(this, "bigquery"),
      });
      const rollouts = new Bucket(this, "Rollouts", {
        bucketName: this.names.rolloutBucket,
        encryptionKey: platformKey(this, "storage"),
      });
      const owners = new Principal(team.owners);
      logs.grantRead(owners);
      rollouts.grantRead(owners);
      for (const reader of registryNames(environment, teamName).policyReaders) {
        rollouts.grantRead(ServiceAccount.fromName(this, `Reader-${reader.slice(teamName.length + 1)}`, reader));
      }
      const artifacts = Bucket.fromName(this, "Models", registryNames(environment, teamName).modelBucket);
      const rolledOut = Object.entries(models).map(([name, model]) =>
        this.addModel(name, model, logs, rollouts, artifacts),
      );
      new RolloutWorkflows(this, "Rollout", { teamName, policies: rollouts, models: rolledOut });
      const batches = rolledOut.filter(({ model }) => model.batch !== undefined);
      if (batches.length > 0) {
        new BatchPredictions(this, "Batches", { teamName, owners, policies: rollouts, models: batches });
      }
      const predicting = rolledOut.filter(({ model }) => model.stream !== undefined);
      if (predicting.length > 0) {
        const streams = Object.entries(team.ingestion.streams);
        new StreamPredictions(this, "Streams", {
          teamName,
          owners,
          policies: rollouts,
          models: predicting,
          retentionDays: Object.fromEntries(streams.map(([name, { retentionDays }]) => [name, retentionDays])),
        });
      }
    }
    for (const [name, service] of Object.entries(services)) {
      this.addService(name, service);
    }
  }

  private addModel(
    name: string,
    model: ModelConfig,
    logs: Dataset,
    rollouts: Bucket,
    artifacts: ReturnType<typeof Bucket.fromName>,
  ): RolledOutModel {
    const scope = new Construct(this, `Model-${name}`);
    const predictor = new ServiceAccount(scope, "Predictor", {
      accountId: this.names.predictor(name),
      description: `Containers of the model ${name}`,
    });
    predictor.grantAdministration(ServiceAgent.of(this, "aiplatform"));
    artifacts.grantRead(predictor);

    const endpoint = new Endpoint(scope, "Endpoint", {
      endpointId: this.names.endpointId(name),
      displayName: resourceName(this.props.teamName, name),
      encryptionKey: platformKey(this, "vertex-ai"),
      logDataset: logs,
      logTableId: bigqueryId(name),
      logSamplingRate: model.requestLogging.samplingRate,
      ...(model.privateServiceConnect && { privateServiceConnectProjects: model.privateServiceConnect.projects }),
    });
    for (const caller of model.callers) {
      endpoint.grantPredict(new Principal(caller));
    }

    const metricSpecs = autoscalingMetricSpecs(model.autoscaling);
    const { machineType, acceleratorType, acceleratorCount = 1, minReplicaCount, maxReplicaCount, rollout } = model;
    new RolloutPolicy(scope, "Rollout", {
      bucket: rollouts,
      objectName: `${name}.json`,
      endpointName: this.names.endpoint(name),
      modelName: registryNames(this.environment, this.props.teamName).model(name),
      replicas: {
        machineType,
        ...(acceleratorType && { acceleratorType, acceleratorCount }),
        minReplicaCount,
        maxReplicaCount,
        ...(metricSpecs.length > 0 && { autoscalingMetricSpecs: metricSpecs }),
        serviceAccount: predictor.email,
      },
      ...policyOf(rollout),
      gates: model.gates,
      ...(model.explanations && { explanations: model.explanations }),
      retention: model.retention,
      idle: model.idle,
      ...(model.stream && { stream: streamObject(name) }),
    });
    return { name, model, endpoint, endpointId: this.names.endpointId(name), predictor };
  }

  private addService(name: string, service: ServiceConfig): void {
    const { project, region } = this.environment;
    const scope = new Construct(this, `Service-${name}`);
    const predictor = new ServiceAccount(scope, "Predictor", {
      accountId: this.names.predictor(name),
      description: `Containers of the service ${name}`,
    });
    const cloudRun = new PredictorService(scope, "Service", {
      ...service,
      serviceName: this.names.service(name),
      image: `${region}-docker.pkg.dev/${project}/${foundationNames.images}/${service.image}`,
      serviceAccount: predictor,
      network: Network.fromName(this, foundationNames.network),
      encryptionKey: platformKey(this, "run"),
    });
    for (const caller of service.callers) {
      cloudRun.grantInvoke(new Principal(caller));
    }
  }
}

/** A rollout's settings as its policy has them: with what they leave open. */
function policyOf({ stages, business, ...rest }: RolloutConfig) {
  const asks = rest.approvers.length > 0;
  return {
    ...rest,
    stages: stages.map(({ approval, ...stage }, index) => ({
      ...stage,
      approval: approval ?? (asks && index === stages.length - 1),
    })),
    ...(business && { business: { ...business, query: business.query.content as string } }),
  };
}
