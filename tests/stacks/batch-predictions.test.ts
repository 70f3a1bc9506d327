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
      placeholder: "{period}",
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

  test("the workflow may run batch predictions and no other jobs, and write to the log", () => {
    const roles = all(stack, "google_project_iam_member")
      .filter(({ member }) => String(member).includes("Batches_Workflow_Account"))
      .map(({ role }) => role);
    expect(roles).toEqual(["roles/logging.logWriter", "projects/acme-ml-sandbox/roles/batchPrediction"]);
  });

  test("objects of the landing bucket are read instead of a table, by replicas with accelerators", () => {
    const hourly = batchSchema.parse({
      schedule: "5 * * * *",
      period: "hour",
      landing: { prefix: "crm/{period}/", format: "csv" },
      machineType: "g2-standard-4",
      acceleratorType: "NVIDIA_L4",
    });
    const object = all(serving(hourly), "google_storage_bucket_object").find(
      ({ name }) => name === "propensity/batch.json",
    )!;
    expect(JSON.parse(object["content"] as string)).toMatchObject({
      period: "hour",
      job: {
        inputConfig: {
          instancesFormat: "csv",
          gcsSource: { uris: ["gs://acme-ml-sandbox-churn-landing/crm/{period}/*"] },
        },
        dedicatedResources: {
          machineSpec: { machineType: "g2-standard-4", acceleratorType: "NVIDIA_L4", acceleratorCount: 1 },
        },
      },
    });
  });
});

describe("alerts", () => {
  const alerts = (batch: BatchConfig | undefined) =>
    JSON.stringify(
      all(synthesise(withBatch(batch)).get("churn-monitoring")!, "google_monitoring_alert_policy").filter(
        ({ display_name: name }) => /batch/.test(String(name)),
      ),
    );

  test("a job that failed, a schedule that could not start it and a workflow that broke off are told", () => {
    const told = alerts(monthly);
    expect(told).toContain('jsonPayload.event=\\"batch-failed\\" AND jsonPayload.model=\\"propensity\\"');
    expect(told).toContain('resource.labels.job_id=\\"churn-propensity-batch\\"');
    expect(told).toContain('resource.label.workflow_id=\\"churn-batch\\" AND metric.label.status=\\"CANCELLED\\"');
  });

  test("without batch predictions there are none", () => {
    expect(alerts(undefined)).toBe("[]");
  });
});
