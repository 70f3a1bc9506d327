import { Acme, numbered, refusal, region } from "../support/acme";

let acme: Acme;

beforeEach(() => {
  acme = new Acme();
});

const pipeline = {
  displayName: "training",
  labels: { run: "7" },
  templateUri: "https://europe-west4-kfp.pkg.dev/acme/pipelines/training/sha256:1",
  runtimeConfig: { gcsOutputDirectory: "gs://acme-pipelines", parameterValues: { epochs: 3 } },
};
const custom = { displayName: "tune", jobSpec: { workerPoolSpecs: [{ replicaCount: "1" }] } };
const batch = {
  displayName: "nightly",
  model: `${region}/models/churn@champion`,
  inputConfig: { instancesFormat: "bigquery", bigquerySource: { inputUri: "bq://acme.churn.users" } },
  outputConfig: { predictionsFormat: "bigquery", bigqueryDestination: { outputUri: "bq://acme.churn" } },
};

const create = async (body: object, id = "training-1") => acme.vertex("POST", `pipelineJobs?pipelineJobId=${id}`, body);
const get = async (name: string) => (await acme.vertex("GET", name)).body as Record<string, unknown>;

test("a pipeline run takes its time on the clock: pending, running, succeeded", async () => {
  expect((await create(pipeline)).body).toMatchObject({
    name: `${numbered}/pipelineJobs/training-1`,
    state: "PIPELINE_STATE_PENDING",
    runtimeConfig: { parameterValues: { epochs: 3 } },
  });
  acme.clock.pass(2);
  expect(await get("pipelineJobs/training-1")).toMatchObject({
    state: "PIPELINE_STATE_RUNNING",
    startTime: "2026-01-05T00:02:00.000000Z",
  });
  acme.clock.pass(18);
  expect(await get("pipelineJobs/training-1")).toMatchObject({
    state: "PIPELINE_STATE_SUCCEEDED",
    endTime: "2026-01-05T00:20:00.000000Z",
  });
});

test("the same id twice is refused, so that a run of a period happens once", async () => {
  await create(pipeline);

  expect(refusal(await create(pipeline))).toBe(
    `409 ALREADY_EXISTS PipelineJob \`${numbered}/pipelineJobs/training-1\` already exists.`,
  );
});

test("a run that is cancelled ends as that; one that has ended stays as it is", async () => {
  await create(pipeline);
  await create(pipeline, "training-2");
  acme.clock.pass(5);
  await acme.vertex("POST", "pipelineJobs/training-1:cancel", {});

  expect(await get("pipelineJobs/training-1")).toMatchObject({ state: "PIPELINE_STATE_CANCELLING" });
  acme.clock.pass(20);
  await acme.vertex("POST", "pipelineJobs/training-2:cancel", {});
  expect(await get("pipelineJobs/training-1")).toMatchObject({ state: "PIPELINE_STATE_CANCELLED" });
  expect(await get("pipelineJobs/training-2")).toMatchObject({ state: "PIPELINE_STATE_SUCCEEDED" });
});

test("a run that was told to fails with the error that was given", async () => {
  const fault = { kind: "fail-operation", status: "INTERNAL", message: "Step train failed" } as const;
  acme.apis.faults.add({ path: "*pipelineJobs", fault });
  await create(pipeline);
  acme.clock.pass(20);

  expect(await get("pipelineJobs/training-1")).toMatchObject({
    state: "PIPELINE_STATE_FAILED",
    error: { code: 13, message: "Step train failed" },
  });
});

test("runs are listed newest first, by label, name and state, a page at a time", async () => {
  await create(pipeline, "first");
  acme.clock.pass(30);
  await create({ ...pipeline, labels: { run: "8" } }, "second");
  const names = async (query: string) => {
    const { pipelineJobs = [], nextPageToken } = (await acme.vertex("GET", `pipelineJobs?${query}`)).body as {
      pipelineJobs?: { name: string }[];
      nextPageToken?: string;
    };
    return [...pipelineJobs.map(({ name }) => name.split("/").pop()), nextPageToken];
  };

  expect(await names("")).toEqual(["second", "first", undefined]);
  expect(await names("filter=labels.run%3D7")).toEqual(["first", undefined]);
  expect(
    await names(`filter=${encodeURIComponent('state="PIPELINE_STATE_PENDING" AND display_name="training"')}`),
  ).toEqual(["second", undefined]);
  expect(await names("pageSize=1")).toEqual(["second", "1"]);
  expect(await names("pageSize=1&pageToken=1")).toEqual(["first", undefined]);
});

test("custom jobs and batch predictions get an id of the service, and say where their output is", async () => {
  await acme.upload({}, "champion");
  const started = [
    await acme.vertex("POST", "customJobs", custom),
    await acme.vertex("POST", "batchPredictionJobs", batch),
  ].map(({ body }) => body as { name: string });
  acme.clock.pass(20);
  const [tuned, predicted] = await Promise.all(
    started.map(async ({ name }) => get(name.split("/").slice(4).join("/"))),
  );

  expect(tuned).toMatchObject({ state: "JOB_STATE_SUCCEEDED", displayName: "tune" });
  expect(predicted).toMatchObject({
    state: "JOB_STATE_SUCCEEDED",
    model: `${numbered}/models/churn`,
    modelVersionId: "1",
    outputInfo: { bigqueryOutputDataset: "bq://acme.churn" },
  });
});

test.each([
  [
    "pipelineJobs",
    { ...pipeline, templateUri: undefined },
    "400 INVALID_ARGUMENT One of 'pipeline_spec' and 'template_uri' of 'pipeline_job' must be set.",
  ],
  [
    "pipelineJobs",
    { ...pipeline, runtimeConfig: {} },
    "400 INVALID_ARGUMENT Required field is not set: 'runtimeConfig.gcsOutputDirectory'",
  ],
  [
    "pipelineJobs?pipelineJobId=1x",
    pipeline,
    "400 INVALID_ARGUMENT 'pipelineJobId' must match [a-z][-a-z0-9]{0,127}, got '1x'.",
  ],
  [
    "pipelineJobs",
    { ...pipeline, serviceAccount: "none@acme.iam.gserviceaccount.com" },
    "400 INVALID_ARGUMENT Service account none@acme.iam.gserviceaccount.com does not exist.",
  ],
  ["customJobs", { ...custom, jobSpec: undefined }, "400 INVALID_ARGUMENT Required field is not set: 'jobSpec'"],
  ["batchPredictionJobs", batch, `404 NOT_FOUND Model \`${numbered}/models/churn\` not found.`],
])("%s with %j is refused", async (path, body, message) => {
  expect(refusal(await acme.vertex("POST", path, body))).toBe(message);
});
