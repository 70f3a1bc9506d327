import type { PlatformConfig } from "../../config/platform";
import { repositoryPlatform, type StackJson, synthesise } from "../support/platform";

/** The sandbox, with other settings of the team's model. */
function platform(changes: Record<string, unknown>): PlatformConfig {
  const { teams, ...rest } = repositoryPlatform();
  const { churn } = teams;
  const propensity = { ...churn!.serving.models["propensity"]!, ...changes };
  return { ...rest, teams: { churn: { ...churn!, serving: { ...churn!.serving, models: { propensity } } } } };
}

const of = (json: StackJson, type: string) => Object.values(json.resource[type] ?? {});

/** Who holds a role on the project, by the stack that grants it. */
function holders(stack: string, role: string, changes: Record<string, unknown> = {}): string[] {
  const json = synthesise(platform(changes)).get(stack)!;
  const accounts = json.resource["google_service_account"] ?? {};
  return of(json, "google_project_iam_member")
    .filter((member) => member["role"] === role)
    .map((member) =>
      String(member["member"]).replaceAll(/\$\{google_service_account\.(\w+)\.\w+\}/g, (_, name: string) =>
        String(accounts[name]!["account_id"]),
      ),
    )
    .map((member) => member.replace(/^serviceAccount:/, "").replace(/@.*gserviceaccount\.com$/, ""))
    .sort();
}

const invoker = "roles/workflows.invoker";

test("a team's owners and pipelines may start what registers a version, and those whom the model names", () => {
  expect(holders("churn-registry", invoker)).toEqual(["churn-register", "churn-scheduler", "churn-training"]);
  expect(holders("foundation", invoker)).toEqual(["group:churn-ml@acme.example"]);
  const registrars = ["group:science@acme.example"];
  expect(holders("foundation", invoker, { registrars })).toEqual(["group:churn-ml@acme.example", ...registrars]);
});

test("only what registers, promotes and prunes may change the registry, with a role that can do no more", () => {
  const role = "projects/acme-ml-sandbox/roles/modelRegistrar";
  expect(holders("churn-registry", role)).toEqual(["churn-promote", "churn-prune", "churn-register"]);
  expect(holders("churn-serving", role)).toEqual([]);
  const made = of(synthesise(platform({})).get("bootstrap")!, "google_project_iam_custom_role");
  expect(made.find(({ role_id }) => role_id === "modelRegistrar")!["permissions"]).toEqual([
    "aiplatform.models.delete",
    "aiplatform.models.get",
    "aiplatform.models.list",
    "aiplatform.models.update",
    "aiplatform.models.upload",
    "aiplatform.modelEvaluations.get",
    "aiplatform.modelEvaluations.import",
    "aiplatform.modelEvaluations.list",
    "aiplatform.modelEvaluationSlices.get",
    "aiplatform.modelEvaluationSlices.import",
    "aiplatform.modelEvaluationSlices.list",
  ]);
});

test("what a team declares of a model reaches its workflows through the policy", () => {
  const gates = { metrics: { auRoc: { better: "higher", limit: 0.8 } }, slices: {}, dataValidation: false };
  const json = synthesise(
    platform({ gates, retention: { versions: 3, days: 7 }, idle: { hours: 2, action: "report" } }),
  ).get("churn-serving")!;
  const objects = of(json, "google_storage_bucket_object");
  const policy = objects.find(({ name }) => name === "propensity.json")!["content"] as string;
  expect(JSON.parse(policy)).toMatchObject({
    gates,
    retention: { versions: 3, days: 7 },
    idle: { hours: 2, action: "report" },
  });
});

test("a team without models has none of it", () => {
  const { teams, ...rest } = repositoryPlatform();
  const churn = { ...teams["churn"]!, serving: { ...teams["churn"]!.serving, models: {} } };
  const json = synthesise({ ...rest, teams: { churn } }).get("churn-registry")!;
  expect(of(json, "google_workflows_workflow")).toEqual([]);
  expect(of(json, "google_cloud_scheduler_job")).toEqual([]);
});
