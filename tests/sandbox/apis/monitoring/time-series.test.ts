import { Acme, endpoint, endpointId, refusal, start } from "../support/acme";

interface Series {
  metric: { type: string; labels: Record<string, string> };
  resource: { type: string; labels: Record<string, string> };
  metricKind: string;
  valueType: string;
  points: { interval: { startTime: string; endTime: string }; value: Record<string, unknown> }[];
}

const type = (name: string) => `metric.type="aiplatform.googleapis.com/prediction/online/${name}"`;

let acme: Acme;
let began: number;

beforeEach(async () => {
  acme = new Acme();
  await acme.upload({}, "champion");
  await acme.upload({}, "challenger");
  await acme.deploy("11", "champion", { "0": 100 });
  await acme.deploy("22", "challenger");
  await acme.split({ "11": 90, "22": 10 });
  began = acme.clock.now();
  acme.apis.traffic.set(endpoint, { rps: 50, errors: { challenger: 0.02 }, latency: { challenger: 80 } });
  acme.clock.pass(30);
});

const list = async (parameters: Record<string, string | string[]>, [from, to] = [began, began + 20 * 60_000]) => {
  const query = new URLSearchParams({
    "interval.startTime": new Date(from).toISOString(),
    "interval.endTime": new Date(to).toISOString(),
  });
  for (const [name, values] of Object.entries(parameters)) {
    [values].flat().forEach((value) => {
      query.append(name, value);
    });
  }
  return acme.call("GET", `https://monitoring.googleapis.com/v3/projects/acme/timeSeries?${query.toString()}`);
};

const series = async (...args: Parameters<typeof list>): Promise<Series[]> => {
  const answer = await list(...args);
  if (answer.status !== 200) {
    throw new Error(refusal(answer));
  }
  return (answer.body as { timeSeries?: Series[] }).timeSeries ?? [];
};

const window = { "aggregation.alignmentPeriod": "1200s" };
const byModel = {
  "aggregation.crossSeriesReducer": "REDUCE_SUM",
  "aggregation.groupByFields": ["metric.label.deployed_model_id"],
};

/** The only value of each deployed model. */
const values = async (parameters: Record<string, string | string[]>): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await series(parameters)).map(({ metric, points }) => [
      metric.labels["deployed_model_id"],
      Number(Object.values(points[0]!.value)[0]),
    ]),
  ) as Record<string, number>;

describe("what traffic leaves behind", () => {
  test("points of a minute, newest first, with integers as strings", async () => {
    const found = await series({ filter: `${type("response_count")} AND metric.labels.response_code="2xx"` });

    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({
      metric: { labels: { deployed_model_id: "11", response_code: "2xx", endpoint_display_name: "churn" } },
      resource: {
        type: "aiplatform.googleapis.com/Endpoint",
        labels: { endpoint_id: endpointId, location: "europe-west4", resource_container: "123456789012" },
      },
      metricKind: "DELTA",
      valueType: "INT64",
    });
    expect(found[0]!.points).toHaveLength(20);
    expect(found[0]!.points[0]).toEqual({
      interval: {
        startTime: new Date(began + 19 * 60_000).toISOString().replace("Z", "000Z"),
        endTime: new Date(began + 20 * 60_000).toISOString().replace("Z", "000Z"),
      },
      value: { int64Value: expect.stringMatching(/^\d+$/) as string },
    });
  });

  test("requests follow the split, and errors the profile", async () => {
    const responses = await values({
      filter: type("response_count"),
      ...window,
      "aggregation.perSeriesAligner": "ALIGN_DELTA",
      ...byModel,
    });
    const total = responses["11"]! + responses["22"]!;
    const errors = await values({
      filter: `${type("response_count")} AND metric.labels.response_code = "5xx"`,
      ...window,
      "aggregation.perSeriesAligner": "ALIGN_SUM",
      ...byModel,
    });

    expect(total / (50 * 1_200)).toBeCloseTo(1, 1);
    expect(responses["22"]! / total).toBeCloseTo(0.1, 1);
    expect(Object.keys(errors)).toEqual(["22"]);
    expect(errors["22"]! / responses["22"]!).toBeGreaterThan(0.014);
    expect(errors["22"]! / responses["22"]!).toBeLessThan(0.026);
  });

  test("latencies are longer by what the profile adds", async () => {
    const filter = `${type("prediction_latencies")} AND metric.labels.latency_type="total"`;
    const p95 = await values({ filter, ...window, "aggregation.perSeriesAligner": "ALIGN_PERCENTILE_95" });
    const distributions = await series({ filter, ...window, "aggregation.perSeriesAligner": "ALIGN_DELTA" });
    const means = distributions.map(({ points }) => (points[0]!.value["distributionValue"] as { mean: number }).mean);

    expect(means[0]).toBeGreaterThan(55);
    expect(means[0]).toBeLessThan(65);
    expect(means[1]! - means[0]!).toBeGreaterThan(70);
    expect(means[1]! - means[0]!).toBeLessThan(90);
    expect(p95["11"]).toBeGreaterThan(90);
    expect(p95["11"]).toBeLessThan(140);
    expect(p95["22"]).toBeGreaterThan(220);
  });

  test("a percentile over models is one of all their samples", async () => {
    const [all] = await series({
      filter: `${type("prediction_latencies")} AND metric.labels.latency_type="total"`,
      ...window,
      "aggregation.perSeriesAligner": "ALIGN_DELTA",
      "aggregation.crossSeriesReducer": "REDUCE_PERCENTILE_50",
    });

    expect(all).toMatchObject({ metricKind: "GAUGE", valueType: "DOUBLE", metric: { labels: {} } });
    expect(Number(all!.points[0]!.value["doubleValue"])).toBeGreaterThan(50);
    expect(Number(all!.points[0]!.value["doubleValue"])).toBeLessThan(75);
  });

  test("replicas are counted also without traffic", async () => {
    await acme.split({});
    const before = acme.clock.now();
    acme.clock.pass(15);
    const found = await series({ filter: type("replicas") }, [before, before + 5 * 60_000]);

    expect(found.map(({ points }) => points.length)).toEqual([5, 5]);
    expect(await list({ filter: type("response_count") }, [before, before + 5 * 60_000])).toMatchObject({
      body: { unit: "1" },
    });
    expect(await series({ filter: type("response_count") }, [before, before + 5 * 60_000])).toEqual([]);
  });

  test("the same seed leaves the same behind, another seed something else", async () => {
    const run = async (seed: number) => {
      acme = new Acme({ seed });
      await acme.upload();
      await acme.deploy("11", "1", { "0": 100 });
      acme.apis.traffic.set(endpoint, { rps: 5 });
      acme.clock.pass(30);
      return series({ filter: type("response_count") }, [start, acme.clock.now()]);
    };

    expect(await run(3)).toEqual(await run(3));
    expect(await run(3)).not.toEqual(await run(4));
  });
});

test("points are visible four minutes after their end", async () => {
  const [found] = await series({ filter: type("response_count") }, [began, acme.clock.now()]);

  expect(found!.points).toHaveLength(26);
  expect(Date.parse(found!.points[0]!.interval.endTime)).toBe(acme.clock.now() - 4 * 60_000);
});

test("a rate is per second", async () => {
  const rate = await values({
    filter: type("response_count"),
    ...window,
    "aggregation.perSeriesAligner": "ALIGN_RATE",
    ...byModel,
  });

  expect(rate["11"]! + rate["22"]!).toBeCloseTo(50, -1);
});

describe("filters", () => {
  const only = `${type("response_count")} AND metric.labels.response_code="2xx"`;

  test.each([
    ['metric.labels.deployed_model_id="22"', ["22"]],
    ['metric.label.deployed_model_id != "22"', ["11"]],
    ['metric.labels.deployed_model_id = one_of("22", "33")', ["22"]],
    ['metric.labels.deployed_model_id=starts_with("1")', ["11"]],
    ['(metric.labels.deployed_model_id="11" OR metric.labels.deployed_model_id="22")', ["11", "22"]],
    ['NOT metric.labels.deployed_model_id="11"', ["22"]],
    [`resource.type="aiplatform.googleapis.com/Endpoint" resource.labels.endpoint_id="${endpointId}"`, ["11", "22"]],
    ['resource.labels.endpoint_id="7"', []],
  ])("%s", async (filter, expected) => {
    const found = await series({ filter: `${only} AND ${filter}` });

    expect(found.map(({ metric }) => metric.labels["deployed_model_id"])).toEqual(expected);
  });

  test.each([
    [
      'metric.labels.x=monitoring.regex.full_match("a")',
      "it does not know the function 'monitoring.regex.full_match', only one_of and starts_with",
    ],
    ['metric.labels.x>"1"', "it does not know the operator '>', only = and !="],
    [
      'project="acme"',
      "it cannot compare 'project', only metric.type, metric.labels.*, resource.type and resource.labels.*",
    ],
    ['metric.labels.x="1" OR metric.labels.x="2"', "AND and OR are mixed without parentheses"],
    ['(metric.labels.x="1"', "')' is missing"],
    ["metric.labels.x=", "it ends where a value is expected"],
  ])("%s is refused by name", async (filter, reason) => {
    const text = `${only} AND ${filter}`;

    expect(refusal(await list({ filter: text }))).toBe(
      `400 INVALID_ARGUMENT Field filter had an invalid value of "${text}": the sandbox cannot evaluate it: ${reason}.`,
    );
  });
});

test.each([
  [{ filter: 'metric.type="run.googleapis.com/request_count"' }, "Field filter must name one metric with metric.type"],
  [{ filter: "" }, 'Field filter had an invalid value of "": it is required.'],
  [
    { filter: type("prediction_latencies"), ...window, "aggregation.perSeriesAligner": "ALIGN_RATE" },
    "The operation ALIGN_RATE cannot be applied to metrics with kind DELTA and value type DISTRIBUTION, such as " +
      "aiplatform.googleapis.com/prediction/online/prediction_latencies.",
  ],
  [
    { filter: type("response_count"), ...window, "aggregation.perSeriesAligner": "ALIGN_PERCENTILE_95" },
    "The operation ALIGN_PERCENTILE_95 cannot be applied to metrics with kind DELTA and value type INT64, such as",
  ],
  [
    { filter: type("response_count"), "aggregation.crossSeriesReducer": "REDUCE_SUM" },
    "The reducer REDUCE_SUM needs an aligner other than ALIGN_NONE.",
  ],
  [
    {
      filter: type("response_count"),
      "aggregation.alignmentPeriod": "30s",
      "aggregation.perSeriesAligner": "ALIGN_DELTA",
    },
    'Field aggregation.alignmentPeriod had an invalid value of "30s": it must be at least 60 seconds, such as "60s".',
  ],
  [
    { filter: type("response_count"), ...window, "aggregation.perSeriesAligner": "ALIGN_STDDEV" },
    "The sandbox does not know the per_series_aligner 'ALIGN_STDDEV'",
  ],
])("%j is refused", async (parameters, message) => {
  expect(refusal(await list(parameters as Record<string, string>))).toContain(`400 INVALID_ARGUMENT ${message}`);
});
