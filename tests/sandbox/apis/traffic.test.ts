import { Acme, endpoint } from "./support/acme";

const outcomes = {
  type: "google_bigquery_table",
  id: "projects/acme/datasets/churn/tables/outcomes",
  values: {
    schema: JSON.stringify([
      { name: "deployed_model_id", type: "STRING" },
      { name: "converted", type: "BOOLEAN" },
      { name: "event_time", type: "TIMESTAMP" },
    ]),
  },
};

let acme: Acme;

beforeEach(async () => {
  acme = new Acme({}, outcomes);
  await acme.upload({}, "champion");
  await acme.upload({}, "challenger");
  await acme.deploy("11", "champion", { "0": 100 });
  await acme.deploy("22", "challenger");
  await acme.split({ "11": 50, "22": 50 });
});

test("outcomes are rows of the team's table, at the rate of each version", async () => {
  acme.apis.traffic.set(endpoint, {
    rps: 50,
    outcome: {
      table: "acme.churn.outcomes",
      rates: { challenger: 0.3, "*": 0.1 },
      columns: { outcome: "converted" },
    },
  });
  acme.clock.pass(30);
  const { body } = await acme.call("POST", "https://bigquery.googleapis.com/bigquery/v2/projects/acme/queries", {
    query: `SELECT deployed_model_id, COUNT(*), COUNTIF(converted) / COUNT(*), MIN(event_time) >= TIMESTAMP '2026-01-05 00:00:00+00'
      FROM churn.outcomes GROUP BY 1 ORDER BY 1`,
    useLegacySql: false,
  });
  const rows = (body as { rows: { f: { v: string }[] }[] }).rows.map(({ f }) => f.map(({ v }) => v));

  expect(rows.map(([id, , , inTime]) => [id, inTime])).toEqual([
    ["11", "true"],
    ["22", "true"],
  ]);
  const [champion, challenger] = rows.map(([, count, rate]) => ({ count: Number(count), rate: Number(rate) }));
  expect(champion!.count + challenger!.count).toBeGreaterThan(1_700);
  expect(champion!.rate).toBeCloseTo(0.1, 1);
  expect(challenger!.rate).toBeCloseTo(0.3, 1);
});

test("an alias means the version that has it when a request is made", async () => {
  acme.apis.traffic.set(endpoint, { rps: 50, errors: { challenger: 1 } });
  const errors = async () => {
    acme.clock.pass(20);
    const query = new URLSearchParams({
      filter: 'metric.type="aiplatform.googleapis.com/prediction/online/error_count"',
      "interval.startTime": new Date(acme.clock.now() - 10 * 60_000).toISOString(),
      "interval.endTime": new Date(acme.clock.now()).toISOString(),
    });
    const { body } = await acme.call(
      "GET",
      `https://monitoring.googleapis.com/v3/projects/acme/timeSeries?${query.toString()}`,
    );
    const { timeSeries = [] } = body as { timeSeries?: { metric: { labels: Record<string, string> } }[] };
    return timeSeries.map(({ metric }) => metric.labels["deployed_model_id"]);
  };

  expect(await errors()).toEqual(["22"]);
  await acme.vertex("POST", "models/churn@1:mergeVersionAliases", { versionAliases: ["challenger"] });
  expect(await errors()).toEqual(["11"]);
});

test("traffic stops when it is told to, and needs an endpoint", () => {
  acme.apis.traffic.set(endpoint, { rps: 1 });
  expect(acme.apis.traffic.get(endpoint)).toMatchObject({ rps: 1, latencyMean: 60 });
  acme.apis.traffic.stop(endpoint);
  expect(acme.apis.traffic.get(endpoint)).toBeUndefined();

  expect(() => {
    acme.apis.traffic.set(`${endpoint}9`, { rps: 1 });
  }).toThrow(`there is no endpoint '${endpoint}9' in the sandbox; deploy the stack that makes it first`);
});
