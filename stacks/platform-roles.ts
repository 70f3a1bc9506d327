import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

import { CustomRole } from "../constructs/custom-role";
import { platformRoles } from "./bootstrap-names";

/** Makes the custom roles of the platform's workflows, and of people who watch them, where Google's roles hold more than they need. */
export function makePlatformRoles(scope: Construct, dependsOn: ITerraformDependable[]): void {
  new CustomRole(scope, "RolloutRole", {
    roleId: platformRoles.rollout,
    title: "Model rollout",
    description: "Deploys models to an endpoint and moves its traffic",
    permissions: ["deploy", "explain", "get", "undeploy", "update"].map((verb) => `aiplatform.endpoints.${verb}`),
    dependsOn,
  });
  new CustomRole(scope, "RegistrarRole", {
    roleId: platformRoles.registrar,
    title: "Model registrar",
    description: "Adds versions of models with their evaluations, moves their aliases, and removes old ones",
    permissions: [
      ...["delete", "get", "list", "update", "upload"].map((verb) => `aiplatform.models.${verb}`),
      ...["get", "import", "list"].map((verb) => `aiplatform.modelEvaluations.${verb}`),
      ...["get", "import", "list"].map((verb) => `aiplatform.modelEvaluationSlices.${verb}`),
    ],
    dependsOn,
  });
  new CustomRole(scope, "BatchRole", {
    roleId: platformRoles.batch,
    title: "Batch prediction",
    description: "Runs batch predictions, and sees whether another execution of the workflow does",
    permissions: [
      ...["create", "get", "list"].map((verb) => `aiplatform.batchPredictionJobs.${verb}`),
      "aiplatform.models.get",
      "workflows.executions.get",
    ],
    dependsOn,
  });
  new CustomRole(scope, "ApproverRole", {
    roleId: platformRoles.approver,
    title: "Rollout approver",
    description: "Sees where rollouts stand, and answers what they ask",
    permissions: [
      "aiplatform.endpoints.get",
      "bigquery.jobs.create",
      "workflows.callbacks.send",
      "workflows.executions.get",
    ],
    dependsOn,
  });
}
