import type { PlatformConfig } from "../../config/platform";
import { type BatchConfig, batchSchema } from "../../config/schema/batch";
import type { ModelConfig, TeamConfig } from "../../config/schema/team";
import { repositoryPlatform, synthesise } from "../support/platform";

const platform = repositoryPlatform();
const { churn } = platform.teams as { churn: TeamConfig };
const { propensity } = churn.serving.models as { propensity: ModelConfig };

const withBatch = (batch: BatchConfig | undefined): PlatformConfig => ({
  ...platform,
  teams: { churn: { ...churn, serving: { ...churn.serving, models: { propensity: { ...propensity, batch } } } } },
});
const serving = (batch: BatchConfig | undefined) => synthesise(withBatch(batch)).get("churn-serving")!;
const monthly = batchSchema.parse({
  schedule: "0 5 1 * *",
  timeZone: "Europe/Amsterdam",
  period: "month",
  input: "churn_raw.customers",
});

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const all = ({ resource }: ReturnType<typeof serving>, type: string) => Object.values(resource[type] as Blocks);

test("a team without batch predictions has no workflow for them", () => {
  const names = all(serving(undefined), "google_workflows_workflow").map(({ name }) => name);
  expect(names).toContain("churn-rollout");
  expect(names).not.toContain("churn-batch");
});

describe("batch predictions", () => {
  const stack = serving(monthly);

  test("the job is declared in an object that the workflow reads: by alias, into a dataset of the team's", () => {
    const object = all(stack, "google_storage_bucket_object").find(({ name }) => name === "propensity/batch.json")!;
    const key = "projects/acme-ml-sandbox/locations/europe-west4/keyRings/ml-platform/cryptoKeys/vertex-ai";
    expect(JSON.parse(object["content"] as string)).toEqual({
      period: "month",
      timeZone: "Europe/Amsterdam",
      job: {
        model: "projects/acme-ml-sandbox/locations/europe-west4/models/churn-propensity@champion",
        inputConfig: {
          instancesFormat: "bigquery",
          bigquerySource: { inputUri: "bq://acme-ml-sandbox.churn_raw.customers" },
        },
        outputConfig: {
          predictionsFormat: "bigquery",
          bigqueryDestination: {
            outputUri: expect.stringMatching(/^bq:\/\/acme-ml-sandbox\.\$\{google_bigquery_dataset\..*dataset_id\}$/),
          },
        },
        dedicatedResources: {
          machineSpec: { machineType: "n1-standard-4" },
          startingReplicaCount: 1,
          maxReplicaCount: 4,
        },
        serviceAccount: expect.stringMatching(/^\$\{google_service_account\.Model-propensity_Predictor_\w+\.email\}$/),
        encryptionSpec: { kmsKeyName: key },
      },
    });
    expect(all(stack, "google_bigquery_dataset").map(({ dataset_id }) => dataset_id)).toContain("churn_batch");
  });

  test("a schedule in the periods' time zone starts the workflow for the model", () => {
    const schedule = all(stack, "google_cloud_scheduler_job").find(({ name }) => String(name).endsWith("-batch"));
    expect(schedule).toMatchObject({
      name: "churn-propensity-batch",
      schedule: "0 5 1 * *",
      time_zone: monthly.timeZone,
    });
    const { body } = schedule!["http_target"] as { body: string };
    const request = JSON.parse(Buffer.from(body, "base64").toString()) as { argument: string };
    expect(JSON.parse(request.argument)).toEqual({ model: "propensity" });
  });

  test("the workflow may run batch predictions and no other jobs", () => {
    const roles = all(stack, "google_project_iam_member")
      .filter(({ member }) => String(member).includes("Batches_Workflow_Account"))
      .map(({ role }) => role);
    expect(roles).toEqual(["projects/acme-ml-sandbox/roles/batchPrediction"]);
  });
});
