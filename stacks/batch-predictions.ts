import { Construct } from "constructs";

import type { BatchConfig } from "../config/schema/batch";
import { BatchPrediction } from "../constructs/batch-prediction";
import { Bucket, type IBucket } from "../constructs/bucket";
import { CustomRole } from "../constructs/custom-role";
import { Dataset } from "../constructs/dataset";
import type { IIdentity } from "../constructs/identity";
import type { PlatformStack } from "../constructs/platform-stack";
import { ServiceAccount } from "../constructs/service-account";
import type { Workflow } from "../constructs/workflow";
import { WorkflowSchedule } from "../constructs/workflow-schedule";
import { platformRoles } from "./bootstrap-names";
import { platformKey } from "./foundation";
import { ingestionNames } from "./ingestion";
import { bigqueryId, resourceName } from "./naming";
import { registryNames } from "./registry-names";
import type { RolledOutModel } from "./rollout-workflows";
import { servingNames } from "./serving-names";
import { addTeamWorkflow } from "./team-workflow";

export interface BatchPredictionsProps {
  readonly teamName: string;
  readonly owners: IIdentity;
  /** Bucket with the policies of rollouts: settings and claims of periods live there too. */
  readonly policies: IBucket;
  /** Models that predict in batches. */
  readonly models: readonly RolledOutModel[];
}

/** Predictions for tables and objects on schedule: where they go, the workflow that makes them once a period, and what starts it. */
export class BatchPredictions extends Construct {
  constructor(
    private readonly stack: PlatformStack,
    id: string,
    private readonly props: BatchPredictionsProps,
  ) {
    super(stack, id);
    const { teamName, owners, models } = props;
    const output = new Dataset(this, "Predictions", {
      datasetId: bigqueryId(teamName, "batch"),
      description: `Predictions of team ${teamName} in batches, a table for every job`,
      encryptionKey: platformKey(this, "bigquery"),
    });
    output.grantRead(owners);
    const workflow = this.addWorkflow();
    const starter = new ServiceAccount(this, "Starter", {
      accountId: resourceName(teamName, "batch-start"),
      description: `Starts the workflow ${resourceName(teamName, "batch")}`,
    });
    const grants = [starter.grantOnProject("roles/workflows.invoker")];
    for (const model of models) {
      const settings = model.model.batch!;
      const scope = new Construct(this, `Model-${model.name}`);
      this.addPrediction(scope, model, settings, output);
      new WorkflowSchedule(scope, "Schedule", {
        scheduleName: servingNames(stack.environment, teamName).batchSchedule(model.name),
        description: `Predictions of ${model.name} for ${settings.input ?? settings.landing!.prefix}, once a ${settings.period}`,
        schedule: settings.schedule,
        timeZone: settings.timeZone,
        workflow,
        argument: { model: model.name },
        serviceAccount: starter,
        grants,
      });
    }
  }

  private addPrediction(scope: Construct, model: RolledOutModel, settings: BatchConfig, output: Dataset): void {
    const { environment } = this.stack;
    const { teamName, policies } = this.props;
    const { period, timeZone, input, landing, versionAlias, acceleratorType, acceleratorCount = 1 } = settings;
    const { machineType, startingReplicaCount, maxReplicaCount } = settings;
    new BatchPrediction(scope, "Prediction", {
      period,
      timeZone,
      input:
        landing === undefined
          ? { table: input! }
          : {
              bucket: Bucket.fromName(scope, "Landing", ingestionNames(environment, teamName).landingBucket),
              ...landing,
            },
      machineType,
      ...(acceleratorType && { accelerator: { type: acceleratorType, count: acceleratorCount } }),
      startingReplicaCount,
      maxReplicaCount,
      bucket: policies,
      objectName: `${model.name}/batch.json`,
      modelName: `${registryNames(environment, teamName).model(model.name)}@${versionAlias}`,
      output,
      serviceAccount: model.predictor,
      encryptionKey: platformKey(this, "vertex-ai"),
    });
  }

  private addWorkflow(): Workflow {
    const { environment } = this.stack;
    const { teamName, policies, models } = this.props;
    return addTeamWorkflow(this, {
      id: "Workflow",
      teamName,
      name: "batch",
      description: "Predicts for a table or for objects, once a period",
      grantsOf: (account, scope) => [
        policies.grantWrite(account),
        Dataset.fromName(scope, "Journal", registryNames(environment, teamName).journalDataset).grantWrite(account),
        account.grantOnProject(CustomRole.nameOf(this, platformRoles.batch)),
        ...models.map(({ predictor }) => predictor.grantActAs(account)),
      ],
    });
  }
}
