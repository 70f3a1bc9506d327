import { Construct } from "constructs";

import type { IBucket } from "../constructs/bucket";
import { CustomRole } from "../constructs/custom-role";
import type { IDataset } from "../constructs/dataset";
import type { IServiceAccount } from "../constructs/service-account";
import { WorkflowSchedule } from "../constructs/workflow-schedule";
import { platformRoles } from "./bootstrap-names";
import { platformKey } from "./foundation";
import { resourceName } from "./naming";
import { addTeamWorkflow } from "./team-workflow";

export interface RegistryWorkflowsProps {
  readonly teamName: string;
  /** Bucket with the artifacts of models. */
  readonly models: IBucket;
  readonly journal: IDataset;
  /** Identities of the team's pipelines. */
  readonly runners: readonly IServiceAccount[];
  /** Identity that starts what runs on a schedule. */
  readonly scheduler: IServiceAccount;
}

/** The workflows that add versions to the registry, move their aliases, and remove old ones. */
export class RegistryWorkflows extends Construct {
  constructor(scope: Construct, id: string, props: RegistryWorkflowsProps) {
    super(scope, id);
    const { teamName, models, journal, runners, scheduler } = props;
    const registrar = CustomRole.nameOf(this, platformRoles.registrar);

    addTeamWorkflow(this, {
      teamName,
      name: "register",
      description: "Adds a version of a model to the registry",
      variables: { MODEL_KEY: platformKey(this, "vertex-ai").keyId },
      grantsOf: (account) => [
        account.grantOnProject(registrar),
        account.grantOnProject("roles/aiplatform.viewer"),
        account.grantOnProject("roles/workflows.invoker"),
        models.grantRead(account),
        journal.grantWrite(account),
      ],
    });
    addTeamWorkflow(this, {
      teamName,
      name: "promote",
      description: "Moves an alias of a model to a version that passes the gates",
      grantsOf: (account) => [account.grantOnProject(registrar), journal.grantWrite(account)],
    });
    const prune = addTeamWorkflow(this, {
      teamName,
      name: "prune",
      description: "Removes old versions of models that nothing needs",
      grantsOf: (account) => [
        account.grantOnProject(registrar),
        account.grantOnProject("roles/aiplatform.viewer"),
        journal.grantWrite(account),
      ],
    });

    for (const runner of runners) {
      runner.grantOnProject("roles/workflows.invoker");
    }
    new WorkflowSchedule(this, "PruneDaily", {
      scheduleName: resourceName(teamName, "prune"),
      description: `Removes old versions of the models of team ${teamName}`,
      schedule: "40 2 * * *",
      timeZone: "Etc/UTC",
      workflow: prune,
      argument: { actor: "schedule" },
      serviceAccount: scheduler,
      grants: [scheduler.grantOnProject("roles/workflows.invoker")],
    });
  }
}
