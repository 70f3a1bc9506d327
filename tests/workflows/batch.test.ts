import type { ApiRequest } from "../../tools/sandbox/apis/http";
import { ConnectionProblem } from "../../tools/sandbox/workflows/runner";
import type { Json } from "../../tools/sandbox/workflows/values";
import { location, model, Stage } from "./support/stage";

const vertex = `https://europe-west4-aiplatform.googleapis.com/v1/${location}/batchPredictionJobs`;
const storage = "https://storage.googleapis.com";

const settings = {
  period: "day",
  timeZone: "Europe/Amsterdam",
  job: {
    model: `${model}@challenger`,
    inputConfig: { instancesFormat: "bigquery", bigquerySource: { inputUri: "bq://acme.churn_raw.customers" } },
    outputConfig: { predictionsFormat: "bigquery", bigqueryDestination: { outputUri: "bq://acme.churn_batch" } },
    dedicatedResources: { machineSpec: { machineType: "n1-standard-4" }, startingReplicaCount: 1, maxReplicaCount: 2 },
  },
};

/** A model with a version, and the settings of its batch predictions. */
async function stageWith(changes: object = {}): Promise<Stage> {
  const stage = new Stage();
  await stage.register();
  const url = `${storage}/upload/storage/v1/b/acme-churn-rollouts/o?uploadType=media&name=propensity%2Fbatch.json`;
  await stage.apis.handle({
    method: "POST",
    url,
    headers: { "content-type": "application/json" },
    body: { ...settings, ...changes },
  });
  return stage;
}

const run = (stage: Stage, more: Record<string, Json> = {}) => stage.run("batch", { model: "propensity", ...more });

const jobs = async (stage: Stage) =>
  ((await stage.call("GET", vertex)) as { batchPredictionJobs?: { state: string; labels: Record<string, string> }[] })
    .batchPredictionJobs ?? [];

const actions = (stage: Stage) => stage.journal.map(({ action, reason }) => `${action}: ${reason}`);

test("a period is predicted once, however often it is asked for", async () => {
  const stage = await stageWith();
  expect(await run(stage)).toMatchObject({ result: { outcome: "done", period: "2026-01-05" } });
  expect(await run(stage)).toMatchObject({ result: { outcome: "done", period: "2026-01-05", repeated: true } });
  expect((await jobs(stage)).map(({ state, labels }) => [state, labels["batch"]])).toEqual([
    ["JOB_STATE_SUCCEEDED", "churn-propensity-2026-01-05-1"],
  ]);
  expect(actions(stage)).toEqual(["batch-done: 2026-01-05 JOB_STATE_SUCCEEDED"]);
});

test.each([
  ["day", "2026-01-05T22:59:00Z", "2026-01-05"],
  ["day", "2026-01-05T23:01:00Z", "2026-01-06"],
  ["week", "2026-01-11T22:59:00Z", "2026-01-05"],
  ["week", "2026-01-11T23:01:00Z", "2026-01-12"],
  ["month", "2026-01-31T22:59:00Z", "2026-01"],
  ["month", "2026-01-31T23:01:00Z", "2026-02"],
  ["hour", "2026-01-05T22:59:00Z", "2026-01-05t22z"],
  ["hour", "2026-01-05T23:00:00Z", "2026-01-05t23z"],
])("the %s of %s in the schedule's time zone is %s", async (period, now, expected) => {
  const stage = await stageWith({ period });
  await stage.clock.jump(Date.parse(now) - stage.clock.now());
  expect(await run(stage)).toMatchObject({ result: { period: expected } });
});

test("a period can be named: that of a week by any of its days", async () => {
  expect(await run(await stageWith(), { period: "2025-12-24" })).toMatchObject({ result: { period: "2025-12-24" } });
  const weekly = await stageWith({ period: "week" });
  expect(await run(weekly, { period: "2025-12-28" })).toMatchObject({ result: { period: "2025-12-22" } });
  const hourly = await stageWith({ period: "hour" });
  expect(await run(hourly, { period: "2025-12-24t07z" })).toMatchObject({ result: { period: "2025-12-24t07z" } });
  expect(await run(hourly, { period: "2025-12-24" })).toMatchObject({
    error: { value: "'period' must be an hour of UTC as YYYY-MM-DDtHHz, got '2025-12-24'" },
  });
  expect(await run(weekly, { period: "2025-12" })).toMatchObject({
    error: { value: "'period' must be a day as YYYY-MM-DD for periods of a week, got '2025-12'" },
  });
  expect(await run(weekly, { period: "yesterday" })).toMatchObject({
    error: { value: "'period' must be a day as YYYY-MM-DD or a month as YYYY-MM, got 'yesterday'" },
  });
});

test("two executions at once make one job", async () => {
  const stage = await stageWith();
  const first = stage.start("batch", { model: "propensity" });
  const second = stage.start("batch", { model: "propensity" });
  const outcomes = await Promise.all([first.done, second.done]);
  expect(outcomes.map((outcome) => (outcome as { result?: { outcome: string } }).result?.outcome).sort()).toEqual([
    "done",
    "under-way",
  ]);
  expect(await jobs(stage)).toHaveLength(1);
});

test("a claim of an execution that Google has forgotten is taken over", async () => {
  const stage = await stageWith();
  const url = `${storage}/upload/storage/v1/b/acme-churn-rollouts/o?uploadType=media&name=batch%2Fpropensity%2F2026-01-05.json`;
  const body = { execution: "forgotten", state: "claimed", attempt: 1 };
  await stage.apis.handle({ method: "POST", url, headers: { "content-type": "application/json" }, body });
  expect(await run(stage)).toMatchObject({ result: { outcome: "done" } });
  expect(await jobs(stage)).toHaveLength(1);
});

test("a job that was started without an answer is found", async () => {
  const stage = await stageWith();
  stage.apis.faults.add({ method: "POST", path: "*batchPredictionJobs", fault: { kind: "lose-response" } });
  expect(await run(stage)).toMatchObject({ result: { outcome: "done" } });
  expect(await jobs(stage)).toHaveLength(1);
});

test("objects below a prefix are those of the period", async () => {
  const inputConfig = {
    instancesFormat: "jsonl",
    gcsSource: { uris: ["gs://acme-churn-landing/crm/{period}/*"] },
  };
  const stage = await stageWith({ placeholder: "{period}", job: { ...settings.job, inputConfig } });
  expect(await run(stage)).toMatchObject({ result: { outcome: "done" } });
  expect(await jobs(stage)).toMatchObject([
    { inputConfig: { gcsSource: { uris: ["gs://acme-churn-landing/crm/2026-01-05/*"] } } },
  ]);
});

test("a job that a dead execution had asked for, and that appears two minutes later, is found by the next", async () => {
  const stage = await stageWith();
  stage.intercept = async ({ execution, request, proceed }) => {
    if (request.method === "POST" && request.url.endsWith("/batchPredictionJobs")) {
      execution.kill();
      stage.intercept = undefined;
      await stage.clock.sleep(119_000);
    }
    return proceed();
  };
  expect((await run(stage)).state).not.toBe("SUCCEEDED");
  expect(await jobs(stage)).toHaveLength(0);
  expect(await run(stage)).toMatchObject({ result: { outcome: "done" } });
  expect(await jobs(stage)).toHaveLength(1);
});

test("a job whose answer was lost, and that appears two minutes later, is found", async () => {
  const stage = await stageWith();
  stage.intercept = async ({ request, proceed }) => {
    if (request.method === "POST" && request.url.endsWith("/batchPredictionJobs")) {
      stage.intercept = undefined;
      void stage.clock.sleep(119_000).then(proceed);
      throw new ConnectionProblem("ConnectionError", "lost");
    }
    return proceed();
  };
  expect(await run(stage)).toMatchObject({ result: { outcome: "done" } });
  expect(await jobs(stage)).toHaveLength(1);
});

test("a claim that was written without an answer is our own", async () => {
  const stage = await stageWith();
  stage.apis.faults.add({ method: "POST", path: "*upload/storage*", fault: { kind: "lose-response" }, times: 2 });
  expect(await run(stage)).toMatchObject({ result: { outcome: "done" } });
  expect(await jobs(stage)).toHaveLength(1);
});

test("a period that failed is repeated when that is asked for, and then done", async () => {
  const stage = await stageWith();
  stage.apis.faults.add({
    method: "POST",
    path: "*batchPredictionJobs",
    fault: { kind: "fail-operation", status: "INTERNAL" },
  });
  expect(await run(stage)).toMatchObject({
    state: "FAILED",
    error: { value: expect.stringMatching(/^period 2026-01-05 failed, job \S+ is JOB_STATE_FAILED; run it again/) },
  });
  expect(stage.logged).toMatchObject([
    { severity: "ERROR", jsonPayload: { event: "batch-failed", model: "propensity", period: "2026-01-05" } },
  ]);
  expect(await run(stage)).toMatchObject({
    error: { value: expect.stringMatching(/^period 2026-01-05 failed before, job \S+; run it again with retry$/) },
  });
  expect(await jobs(stage)).toHaveLength(1);
  expect(await run(stage, { retry: true })).toMatchObject({ result: { outcome: "done" } });
  expect(await run(stage, { retry: true })).toMatchObject({ result: { outcome: "done", repeated: true } });
  expect(await jobs(stage)).toHaveLength(2);
  expect(actions(stage)).toEqual([
    "batch-failed: 2026-01-05 JOB_STATE_FAILED",
    "batch-done: 2026-01-05 JOB_STATE_SUCCEEDED",
  ]);
});

test("killed at any call and run again, there is one job and one row", async () => {
  let calls = Infinity;
  for (let kill = 1; kill <= calls; kill++) {
    const stage = await stageWith();
    const handle = stage.apis.handle.bind(stage.apis);
    let made = 0;
    const execution = stage.start("batch", { model: "propensity" });
    stage.apis.handle = (request: ApiRequest) => {
      made += 1;
      if (made === kill) {
        execution.kill();
      }
      return handle(request);
    };
    const outcome = await execution.done;
    calls = outcome.state === "SUCCEEDED" ? made : Infinity;
    stage.apis.handle = handle;
    expect(await run(stage)).toMatchObject({ result: { outcome: "done", period: "2026-01-05" } });
    expect(await jobs(stage)).toHaveLength(1);
    expect(actions(stage)).toEqual(["batch-done: 2026-01-05 JOB_STATE_SUCCEEDED"]);
    if (outcome.state === "SUCCEEDED") {
      expect(kill).toBeGreaterThan(20);
    }
  }
});

test.each(["settings", "when", "ask", "run", "judge", "row", "note", "keep", "lost"])(
  "killed before step '%s' and run again, there is one job and one row",
  async (name) => {
    const stage = await stageWith();
    const execution = stage.start("batch", { model: "propensity" });
    stage.onStep = (step) => {
      if (step.routine === "main" && step.phase === "before" && step.name === name) {
        execution.kill();
      }
    };
    expect((await execution.done).state).not.toBe("SUCCEEDED");
    stage.onStep = undefined;
    expect(await run(stage)).toMatchObject({ result: { outcome: "done" } });
    expect(await jobs(stage)).toHaveLength(1);
    expect(actions(stage)).toEqual(["batch-done: 2026-01-05 JOB_STATE_SUCCEEDED"]);
  },
);

test("a model without batch predictions is told so", async () => {
  expect(await new Stage().run("batch", { model: "propensity" })).toMatchObject({
    state: "FAILED",
    error: {
      value: "the model 'propensity' has no batch predictions; declare them and deploy the serving stack first",
    },
  });
});
