import { workflowSource } from "../../config/workflow-source";
import { GoogleApis } from "../../tools/sandbox/apis/apis";
import { ConnectionLostError } from "../../tools/sandbox/apis/faults";
import { lastSeek } from "../../tools/sandbox/apis/seek";
import { MemoryStore } from "../../tools/sandbox/apis/store";
import type { CloudResource } from "../../tools/sandbox/cloud";
import {
  ConnectionProblem,
  jsonResponse,
  type Outcome,
  parseWorkflow,
  SimulatedClock,
  startExecution,
} from "../../tools/sandbox/workflows/runner";
import type { HttpRequest, HttpResponse } from "../../tools/sandbox/workflows/http";
import type { Json } from "../../tools/sandbox/workflows/values";
import { MemoryCloud } from "../sandbox/apis/support/memory-cloud";

const program = parseWorkflow(workflowSource("stream"), "workflows/stream.yaml");
const subscription = "projects/acme/subscriptions/churn-propensity-stream";
const endpoint = "projects/acme/locations/europe-west4/endpoints/123456789";
const dataflow = "https://dataflow.googleapis.com/v1b3/projects/acme/locations/europe-west4";

const settings = {
  subscription,
  windowHours: 336,
  periodHours: 24,
  readableHours: 384,
  launch: {
    jobName: "churn-propensity-stream",
    containerSpecGcsPath: "gs://dataflow-templates-europe-west4/latest/flex/Yaml_Template",
    parameters: { yaml_pipeline_file: "gs://acme-churn-rollouts/pipelines/predict.yaml" },
    environment: { maxWorkers: 2 },
  },
  variables: { subscription, endpoint: "123456789", predictions: "acme.churn_predictions.propensity" },
};

const object = (name: string, content: string): CloudResource => ({
  type: "google_storage_bucket_object",
  id: `acme-churn-rollouts-${name}`,
  values: { bucket: "acme-churn-rollouts", name, content, content_type: "application/json", generation: 1 },
});

interface JournalRow {
  readonly decision_id: string;
  readonly action: string;
  readonly reason: string;
  readonly evidence: string;
  readonly rollout: string | null;
}

/** A model with predictions over a stream, and the services around the job that makes them. */
class Scene {
  readonly clock = new SimulatedClock(Date.parse("2026-03-10T06:00:00Z"));
  readonly store = new MemoryStore();
  readonly cloud = new MemoryCloud(
    ...["bigquery", "dataflow", "pubsub", "storage"].map((api) => ({
      type: "google_project_service",
      id: `acme/${api}.googleapis.com`,
      values: { project: "acme" },
    })),
    { type: "google_storage_bucket", id: "acme-churn-rollouts", values: { name: "acme-churn-rollouts" } },
    object("propensity/stream.json", JSON.stringify(settings)),
    object("pipelines/predict.yaml", "pipeline: {}"),
    {
      type: "google_bigquery_table",
      id: "projects/acme/datasets/churn_predictions/tables/propensity",
      values: {
        dataset_id: "churn_predictions",
        table_id: "propensity",
        schema: JSON.stringify([{ name: "window_end", type: "TIMESTAMP" }]),
      },
    },
    { type: "google_pubsub_subscription", id: subscription, values: { name: "churn-propensity-stream" } },
    { type: "google_vertex_ai_endpoint", id: endpoint, values: { deployed_models: [{ id: "1" }] } },
  );
  readonly apis = new GoogleApis({ cloud: this.cloud, clock: this.clock, store: this.store });
  readonly journal = new Map<string, JournalRow>();
  private executions = 0;

  run(action: string, model = "propensity"): Promise<Outcome> {
    return startExecution(
      program,
      { model, action, actor: "tests" },
      {
        clock: this.clock,
        http: (request) => this.answer(request),
        project: { id: "acme", number: "123456789012", location: "europe-west4" },
        workflowId: "churn-stream",
        executionId: `e${++this.executions}`,
        env: {
          PROJECT: "acme",
          REGION: "europe-west4",
          TEAM: "churn",
          POLICY_BUCKET: "acme-churn-rollouts",
          JOURNAL_TABLE: "churn_rollouts.decisions",
          BIGQUERY_API: "https://bigquery.googleapis.com/bigquery/v2",
          DATAFLOW_API: "https://dataflow.googleapis.com/v1b3",
          PUBSUB_API: "https://pubsub.googleapis.com/v1",
          STORAGE_API: "https://storage.googleapis.com",
        },
      },
    ).done;
  }

  /** Predictions for windows with these ends. */
  async predicted(...ends: string[]): Promise<void> {
    const url =
      "https://bigquery.googleapis.com/bigquery/v2/projects/acme/datasets/churn_predictions/tables/propensity/insertAll";
    const rows = ends.map((end) => ({ json: { window_end: end } }));
    await this.apis.handle({ method: "POST", url, body: { rows } });
  }

  get decisions(): string[] {
    return [...this.journal.values()].map(({ action, reason }) => `${action}: ${reason}`);
  }

  async jobs(): Promise<{ id: string; name: string; currentState: string }[]> {
    const { body } = await this.apis.handle({ method: "GET", url: `${dataflow}/jobs` });
    return (body as { jobs?: { id: string; name: string; currentState: string }[] }).jobs ?? [];
  }

  /** Variables that the latest job was started with. */
  get variables(): unknown {
    const [, job] = this.store.list<{ parameters: Record<string, string> }>("dataflow-job").at(-1)!;
    return JSON.parse(job.parameters["jinja_variables"]!);
  }

  get readFrom(): string | undefined {
    return lastSeek({ store: this.store }, subscription);
  }

  private async answer({ method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
    const parsed = body === undefined ? undefined : (JSON.parse(String(body)) as Json);
    if (url.endsWith("/insertAll")) {
      const { rows } = parsed as unknown as { rows: { insertId: string; json: JournalRow }[] };
      rows.forEach(({ insertId, json }) => this.journal.set(insertId, json));
      return jsonResponse(200, {});
    }
    try {
      // Queries are answered by an engine outside of the clock.
      const answer = await this.clock.during(() => this.apis.handle({ method, url, headers, body: parsed }));
      const content = answer.body instanceof Uint8Array ? answer.body : JSON.stringify(answer.body);
      return { code: answer.status, headers: answer.headers, body: content };
    } catch (error) {
      throw error instanceof ConnectionLostError ? new ConnectionProblem("ConnectionError", error.message) : error;
    }
  }
}

let scene: Scene;

beforeEach(() => {
  scene = new Scene();
});

test("the first job answers windows from now on, and reads two weeks back for them", async () => {
  const outcome = await scene.run("start");

  expect(outcome).toMatchObject({
    state: "SUCCEEDED",
    result: { outcome: "running", started: true, since: "2026-03-10T06:00:00.000000Z" },
  });
  expect(scene.readFrom).toBe("2026-02-24T06:00:00.000000Z");
  expect(scene.variables).toEqual({ ...settings.variables, since: "2026-03-10T06:00:00.000000Z" });
  expect(await scene.jobs()).toMatchObject([{ name: "churn-propensity-stream", currentState: "JOB_STATE_RUNNING" }]);
  expect(scene.decisions).toEqual([
    "start: windows that end after 2026-03-10T06:00:00.000000Z, messages from 2026-02-24T06:00:00.000000Z",
    "running: the job reads",
  ]);
  expect([...scene.journal.keys()]).toEqual(["e1-0", "e1-1"]);
});

test("a job after another answers again the last window that was answered, and reads all that it needs for it", async () => {
  await scene.predicted("2026-03-09T00:00:00Z", "2026-03-10T00:00:00Z");
  await scene.run("start");

  expect(scene.variables).toMatchObject({ since: "2026-03-09T00:00:00.000000Z" });
  expect(scene.readFrom).toBe("2026-02-23T00:00:00.000000Z");
});

test("a window whose messages the topic has no more is not answered", async () => {
  await scene.predicted("2026-03-01T00:00:00Z");
  await scene.run("start");

  expect(scene.variables).toMatchObject({ since: "2026-03-08T06:00:00.000000Z" });
  expect(scene.readFrom).toBe("2026-02-22T06:00:00.000000Z");
});

test("a job that runs is left alone", async () => {
  await scene.run("start");
  const before = scene.journal.size;
  const outcome = await scene.run("start");

  expect(outcome).toMatchObject({ state: "SUCCEEDED", result: { outcome: "running", started: false } });
  expect(await scene.jobs()).toHaveLength(1);
  expect(scene.journal.size).toBe(before);
});

test("two starts at once make one job", async () => {
  const outcomes = await Promise.all([scene.run("start"), scene.run("start")]);

  expect(outcomes.map(({ state }) => state)).toEqual(["SUCCEEDED", "SUCCEEDED"]);
  expect(await scene.jobs()).toHaveLength(1);
});

test("an answer that is lost does not make a second job", async () => {
  scene.apis.faults.add({ method: "POST", path: "*flexTemplates:launch", fault: { kind: "lose-response" } });
  const outcome = await scene.run("start");

  expect(outcome).toMatchObject({ state: "SUCCEEDED", result: { outcome: "running" } });
  expect(await scene.jobs()).toHaveLength(1);
});

test("without a deployed model the job fails, and the journal says so", async () => {
  scene.cloud.put({ type: "google_vertex_ai_endpoint", id: endpoint, values: { deployed_models: [] } });
  const outcome = await scene.run("start");

  expect(outcome.state).toBe("FAILED");
  const [job] = await scene.jobs();
  expect(scene.decisions.at(-1)).toBe(
    `start-failed: job ${job!.id} is JOB_STATE_FAILED and never ran; its log in Dataflow says why`,
  );
  expect(new Set(scene.journal.keys()).size).toBe(2);
});

test("a drained job is gone, and the next one begins where it ended", async () => {
  await scene.run("start");
  expect(await scene.run("drain")).toMatchObject({ state: "SUCCEEDED", result: { outcome: "drained" } });
  expect(await scene.jobs()).toMatchObject([{ currentState: "JOB_STATE_DRAINED" }]);
  expect(scene.decisions.slice(-2)).toEqual(["drain: JOB_STATE_DRAINED", "drained: JOB_STATE_DRAINED"]);

  await scene.run("start");
  expect((await scene.jobs()).map(({ currentState }) => currentState)).toEqual([
    "JOB_STATE_DRAINED",
    "JOB_STATE_RUNNING",
  ]);
});

test("a start that comes while a job drains waits for its end", async () => {
  await scene.run("start");
  const [, started] = await Promise.all([scene.run("drain"), scene.clock.sleep(60_000).then(() => scene.run("start"))]);

  expect(started).toMatchObject({ state: "SUCCEEDED", result: { started: true } });
  expect((await scene.jobs()).map(({ currentState }) => currentState)).toEqual([
    "JOB_STATE_DRAINED",
    "JOB_STATE_RUNNING",
  ]);
});

test("a job that has not begun is cancelled: there is nothing to drain", async () => {
  const [, drained] = await Promise.all([scene.run("start"), scene.clock.sleep(90_000).then(() => scene.run("drain"))]);

  expect(drained).toMatchObject({ state: "SUCCEEDED", result: { outcome: "drained" } });
  expect(await scene.jobs()).toMatchObject([{ currentState: "JOB_STATE_CANCELLED" }]);
});

test("draining where nothing runs changes nothing", async () => {
  expect(await scene.run("drain")).toMatchObject({ state: "SUCCEEDED", result: { outcome: "drained", job: null } });
  expect(scene.journal.size).toBe(0);
});

test("what it was asked for must make sense", async () => {
  expect(await scene.run("start", "other")).toMatchObject({
    state: "FAILED",
    error: {
      payload: expect.stringContaining(
        "the model 'other' has no stream; declare it and deploy the serving stack first",
      ) as unknown,
    },
  });
  expect(await scene.run("stop")).toMatchObject({
    state: "FAILED",
    error: { payload: expect.stringContaining("'action' must be start or drain, got 'stop'") as unknown },
  });
});
