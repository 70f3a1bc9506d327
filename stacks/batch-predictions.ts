import { Construct } from "constructs";

import type { BatchConfig } from "../config/schema/batch";
import { workflowSource } from "../config/workflow-source";
import { BatchPrediction } from "../constructs/batch-prediction";
import type { IBucket } from "../constructs/bucket";
import { CustomRole } from "../constructs/custom-role";
import { Dataset } from "../constructs/dataset";
import type { IIdentity } from "../constructs/identity";
import type { PlatformStack } from "../constructs/platform-stack";
import { ServiceAccount } from "../constructs/service-account";
import { Workflow } from "../constructs/workflow";
import { WorkflowSchedule } from "../constructs/workflow-schedule";
import { platformRoles } from "./bootstrap-names";
import { platformKey } from "./foundation";
import { bigqueryId, resourceName } from "./naming";
import { registryNames } from "./registry-names";
import type { RolledOutModel } from "./rollout-workflows";
import { workflowVariables } from "./workflow-variables";

export interface BatchPredictionsProps {
  readonly teamName: string;
  readonly owners: IIdentity;
  /** Bucket with the policies of rollouts: settings and claims of periods live there too. */
  readonly policies: IBucket;
  /** Models that predict for tables. */
  readonly models: readonly RolledOutModel[];
}

/** Predictions for tables on schedule: where they go, the workflow that makes them once a period, and what starts it. */
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
      description: `Predictions of team ${teamName} for tables, a table for every job`,
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
        scheduleName: resourceName(teamName, model.name, "batch"),
        description: `Predictions of ${model.name} for ${settings.input}, once a ${settings.period}`,
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
    const { period, timeZone, input, versionAlias, machineType, startingReplicaCount, maxReplicaCount } = settings;
    new BatchPrediction(scope, "Prediction", {
      period,
      timeZone,
      input,
      machineType,
      startingReplicaCount,
      maxReplicaCount,
      bucket: this.props.policies,
      objectName: `${model.name}/batch.json`,
      modelName: `${registryNames(this.stack.environment, this.props.teamName).model(model.name)}@${versionAlias}`,
      output,
      serviceAccount: model.predictor,
      encryptionKey: platformKey(this, "vertex-ai"),
    });
  }

  private addWorkflow(): Workflow {
    const { environment } = this.stack;
    const { teamName, policies, models } = this.props;
    const scope = new Construct(this, "Workflow");
    const workflowName = resourceName(teamName, "batch");
    const account = new ServiceAccount(scope, "Account", {
      accountId: workflowName,
      description: `Workflow ${workflowName}`,
    });
    const journal = Dataset.fromName(scope, "Journal", registryNames(environment, teamName).journalDataset);
    return new Workflow(scope, "Workflow", {
      workflowName,
      description: "Predicts for the rows of a table, once a period",
      source: workflowSource("batch"),
      serviceAccount: account,
      encryptionKey: platformKey(this, "workflows"),
      variables: workflowVariables(environment, teamName),
      grants: [
        policies.grantWrite(account),
        journal.grantWrite(account),
        account.grantOnProject(CustomRole.nameOf(this, platformRoles.batch)),
        ...models.map(({ predictor }) => predictor.grantActAs(account)),
      ],
    });
  }
}
