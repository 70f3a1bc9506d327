import { type DefinedCall, validateRequest, validateResponse } from "./google-definitions";

const host = "europe-west4-aiplatform.googleapis.com";
const parent = "/v1/projects/acme/locations/europe-west4";
const endpoint = `${parent}/endpoints/1`;

const split = (body: unknown, query: Record<string, string> = { updateMask: "trafficSplit" }): DefinedCall => ({
  host,
  method: "PATCH",
  path: endpoint,
  query,
  body,
});

const deploy = (deployedModel: unknown, more: object = {}): DefinedCall => ({
  host,
  method: "POST",
  path: `${endpoint}:deployModel`,
  body: { deployedModel, ...more },
});

const list = (query: Record<string, string | string[]>): DefinedCall => ({
  host: "monitoring.googleapis.com",
  method: "GET",
  path: "/v3/projects/acme/timeSeries",
  query,
});

const bigquery = (path: string, body: unknown, query: Record<string, string> = {}): DefinedCall => ({
  host: "bigquery.googleapis.com",
  method: body === undefined ? "GET" : "POST",
  path: `/bigquery/v2/projects/acme${path}`,
  query,
  body,
});

const insertAll = "/datasets/churn_rollouts/tables/decisions/insertAll";

const storage = (method: string, path: string, query: Record<string, string>, body?: unknown): DefinedCall => ({
  host: "storage.googleapis.com",
  method,
  path,
  query,
  body,
});

const objects = "/storage/v1/b/acme-churn-rollouts/o";
const upload = `/upload${objects}`;

const dataflow = (method: string, path: string, body?: unknown, query: Record<string, string> = {}): DefinedCall => ({
  host: "dataflow.googleapis.com",
  method,
  path: `/v1b3/projects/acme/locations/europe-west4${path}`,
  query,
  body,
});

const model = "projects/acme/locations/europe-west4/models/churn@2";
const dedicatedResources = { machineSpec: { machineType: "n1-standard-4" }, minReplicaCount: 1 };

test.each<[string, DefinedCall]>([
  ["a patch of the split", split({ trafficSplit: { "11": 90, "22": 10 }, etag: "x" })],
  ["a deployment", deploy({ id: "22", model, dedicatedResources }, { trafficSplit: { "0": 100 } })],
  [
    "a look at metrics",
    list({
      filter: 'metric.type="x"',
      "interval.endTime": "2026-01-05T00:00:00Z",
      "aggregation.perSeriesAligner": "ALIGN_DELTA",
      "aggregation.groupByFields": ["metric.labels.deployed_model_id"],
    }),
  ],
  [
    "a start of a workflow",
    {
      host: "workflowexecutions.googleapis.com",
      method: "POST",
      path: "/v1/projects/acme/locations/europe-west4/workflows/rollout/executions",
      body: { argument: "{}", labels: { a: "b" } },
    },
  ],
  ["a read", { host, method: "GET", path: endpoint }],
  ["a read of an operation", { host, method: "GET", path: `${endpoint}/operations/7` }],
  [
    "a query",
    bigquery("/queries", {
      query: "SELECT @at",
      useLegacySql: false,
      timeoutMs: 60_000,
      parameterMode: "NAMED",
      queryParameters: [{ name: "at", parameterType: { type: "TIMESTAMP" }, parameterValue: { value: "2026-01-05" } }],
    }),
  ],
  ["a wait for a query", bigquery("/queries/job_1", undefined, { timeoutMs: "60000", location: "europe-west4" })],
  ["rows", bigquery(insertAll, { rows: [{ insertId: "a", json: { version: "2", verdict: null } }] })],
  ["a read of an object", storage("GET", `${objects}/propensity%2Fstate.json`, { alt: "media" })],
  ["a list of objects", storage("GET", objects, { delimiter: "/" })],
  [
    "an object that is written",
    storage("POST", upload, { uploadType: "media", name: "a/b", ifGenerationMatch: "0" }, { phase: "watch" }),
  ],
  [
    "a start of a job",
    dataflow("POST", "/flexTemplates:launch", { launchParameter: { jobName: "churn", parameters: {} } }),
  ],
  ["a drain of a job", dataflow("PUT", "/jobs/1", { requestedState: "JOB_STATE_DRAINED" })],
  ["a list of jobs", dataflow("GET", "/jobs", undefined, { filter: "ACTIVE", name: "churn" })],
])("%s is valid", (_, call) => {
  expect(validateRequest(call)).toEqual([]);
});

test.each<[DefinedCall, string]>([
  [split({ traficSplit: {} }), "'traficSplit' is not a field of Endpoint"],
  [split({ trafficSplit: { "11": "ninety" } }), "'trafficSplit.11' must be int32, got \"ninety\""],
  [split({ createTime: "2026-01-05T00:00:00Z" }), "'createTime' is given by Google, not by a caller"],
  [split({}, { updatemask: "x" }), "query parameter 'updatemask' is not a field of UpdateEndpointRequest"],
  [deploy({ model }, { endpoint: 7 }), "'endpoint' must be string, got 7"],
  [deploy(undefined), "'deployedModel' is required"],
  [
    deploy({ model, dedicatedResources, automaticResources: {} }),
    "'deployedModel.predictionResources' must be one of dedicatedResources and automaticResources, not both",
  ],
  [
    deploy({ model, dedicatedResources: [] }),
    "'deployedModel.dedicatedResources' must be an object (DedicatedResources), got []",
  ],
  [{ host, method: "GET", path: endpoint, body: {} }, `GET ${endpoint} takes no body`],
  [{ host, method: "POST", path: `${endpoint}:deploy`, body: {} }, `POST ${endpoint}:deploy is no method of ${host}`],
  [
    { host, method: "POST", path: `${endpoint}/operations/7:cancel`, body: {} },
    `POST ${endpoint}/operations/7:cancel is none of the methods of ${host} that are written down`,
  ],
  [bigquery("/queries", { sql: "SELECT 1" }), "'query': Invalid input: expected string, received undefined"],
  [bigquery("/queries", { query: "SELECT 1", timeoutMs: "soon" }), "'timeoutMs': must be a whole number"],
  [
    bigquery("/queries", {
      query: "SELECT @n",
      queryParameters: [{ name: "n", parameterType: { type: "INT64" }, parameterValue: { value: 5 } }],
    }),
    "'queryParameters.0.parameterValue.value': Invalid input: expected string, received number",
  ],
  [bigquery("/queries/job_1", undefined, { timeout: "1" }), "query parameter '': Unrecognized key: \"timeout\""],
  [bigquery(insertAll, { rows: [{ version: "2" }] }), "'rows.0': Unrecognized key: \"version\""],
  [
    bigquery("/datasets/churn_rollouts/insertAll", { rows: [] }),
    "POST /bigquery/v2/projects/acme/datasets/churn_rollouts/insertAll is none of the methods of bigquery.googleapis.com that are written down",
  ],
  [
    storage("POST", upload, { uploadType: "media", name: "a", ifGenerationMatch: "" }, {}),
    "query parameter 'ifGenerationMatch': must be a whole number",
  ],
  [storage("GET", objects, {}, {}), `GET ${objects} takes no body`],
  [
    dataflow("POST", "/flexTemplates:launch", { launchParameters: {} }),
    "'launchParameters' is not a field of LaunchFlexTemplateRequest",
  ],
  [
    dataflow("PUT", "/jobs/1", { requestedState: "DRAINED" }),
    expect.stringMatching(/^'requestedState' must be one of JOB_STATE_UNKNOWN, .*, got "DRAINED"$/) as string,
  ],
  [{ host: "x.example", method: "GET", path: "/" }, "no definitions of the host x.example"],
  [
    { ...deploy({ model, dedicatedResources }), query: { a: "b" } },
    "query parameter 'a' is not taken: the body is the whole request",
  ],
])("%j is refused", (call, problem) => {
  expect(validateRequest(call)).toContainEqual(problem);
});

test("an aligner must be one of Google's", () => {
  expect(
    validateRequest(list({ filter: "x", "interval.endTime": "x", "aggregation.perSeriesAligner": "DELTA" })),
  ).toEqual([
    expect.stringMatching(
      /^query parameter 'aggregation.perSeriesAligner' must be one of ALIGN_NONE, .*, got 'DELTA'$/,
    ),
  ]);
});

test("expressions of workflows stand for any value, where that is asked for", () => {
  const call = split({ trafficSplit: "${split}", etag: "${endpoint.etag}" });

  expect(validateRequest(call, { expressions: true })).toEqual([]);
  expect(validateRequest(call)).toEqual(["'trafficSplit' must be an object, got \"${split}\""]);
});

test("an answer must have long integers as texts, and times as of RFC 3339", () => {
  const answer = (value: object) => ({
    timeSeries: [{ points: [{ interval: { endTime: "yesterday" }, value }] }],
  });

  expect(validateResponse(list({}), answer({ int64Value: 5 }))).toEqual([
    "'timeSeries.0.points.0.interval.endTime' must be a Timestamp, got \"yesterday\"",
    "'timeSeries.0.points.0.value.int64Value' must be int64, got 5",
  ]);
});
