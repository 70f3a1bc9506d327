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
