import type { CloudResource } from "../../../../tools/sandbox/cloud";
import { Acme, endpoint, endpointId, refusal, resources, start } from "../support/acme";

const host = "https://bigquery.googleapis.com/bigquery/v2/projects/acme";

const table = (id: string, values: object): CloudResource => ({
  type: "google_bigquery_table",
  id: `projects/acme/datasets/churn/tables/${id}`,
  values: { dataset_id: "churn", table_id: id, ...values },
});

const events = table("events", {
  schema: JSON.stringify([
    { name: "user_id", type: "STRING", mode: "REQUIRED" },
    { name: "amount", type: "FLOAT64" },
    { name: "visits", type: "INTEGER" },
    { name: "seen", type: "TIMESTAMP" },
    { name: "tags", type: "STRING", mode: "REPEATED" },
    { name: "device", type: "RECORD", fields: [{ name: "os", type: "STRING" }] },
    { name: "more", type: "JSON" },
  ]),
});

const spenders = table("spenders", {
  schema: "[]",
  view: [
    { query: "SELECT user_id, SUM(amount) AS spent FROM `acme.churn.events` GROUP BY user_id", use_legacy_sql: false },
  ],
});

const dataset = { type: "google_bigquery_dataset", id: "projects/acme/datasets/churn", values: {} };

let acme: Acme;

beforeEach(() => {
  acme = new Acme({}, dataset, events, spenders);
});

const insert = async (rows: readonly object[], options = {}, tableId = "events") =>
  acme.call("POST", `${host}/datasets/churn/tables/${tableId}/insertAll`, {
    ...options,
    rows: rows.map((row) => ("json" in row ? row : { json: row })),
  });

const query = async (sql: string, options = {}) =>
  acme.call("POST", `${host}/queries`, { query: sql, useLegacySql: false, ...options });

const rows = async (sql: string, options = {}): Promise<unknown[][]> => {
  const answer = await query(sql, options);
  if (answer.status !== 200) {
    throw new Error(refusal(answer));
  }
  const { rows: found = [] } = answer.body as { rows?: { f: { v: unknown }[] }[] };
  return found.map(({ f }) => f.map(({ v }) => v));
};

const ann = {
  user_id: "ann",
  amount: 1.5,
  visits: "7",
  seen: "2026-01-05T10:00:00Z",
  tags: ["a", "b"],
  device: { os: "linux" },
  more: { plan: "pro" },
};

describe("insertAll", () => {
  test("rows can be queried, in every type", async () => {
    expect((await insert([ann])).body).toEqual({ kind: "bigquery#tableDataInsertAllResponse" });
    const answer = await query("SELECT *, JSON_VALUE(more, '$.plan') AS plan FROM `acme.churn.events`");

    expect(answer.body).toMatchObject({
      kind: "bigquery#queryResponse",
      jobComplete: true,
      totalRows: "1",
      schema: {
        fields: [
          { name: "user_id", type: "STRING" },
          { name: "amount", type: "FLOAT" },
          { name: "visits", type: "INTEGER" },
          { name: "seen", type: "TIMESTAMP" },
          { name: "tags", type: "STRING", mode: "REPEATED" },
          { name: "device", type: "RECORD", fields: [{ name: "os", type: "STRING" }] },
          { name: "more" },
          { name: "plan", type: "STRING" },
        ],
      },
      rows: [
        {
          f: [
            { v: "ann" },
            { v: "1.5" },
            { v: "7" },
            { v: "1.7676072E9" },
            { v: [{ v: "a" }, { v: "b" }] },
            { v: { f: [{ v: "linux" }] } },
            { v: '{"plan":"pro"}' },
            { v: "pro" },
          ],
        },
      ],
    });
  });

  test("an insertId that was seen within a minute is not inserted again", async () => {
    const row = { insertId: "1", json: ann };
    await insert([row]);
    await insert([row, { insertId: "2", json: ann }]);
    expect(await rows("SELECT COUNT(*) AS n FROM churn.events")).toEqual([["2"]]);

    acme.clock.pass(2);
    await insert([row]);
    expect(await rows("SELECT COUNT(*) AS n FROM churn.events")).toEqual([["3"]]);
  });

  test("rows that do not fit stop the others, unless they are to be skipped", async () => {
    const bad = [{ user_id: "bob", nme: "x" }, { amount: "much" }, ann];
    const invalid = (location: string, message: string) => ({ reason: "invalid", debugInfo: "", location, message });

    expect((await insert(bad)).body).toEqual({
      kind: "bigquery#tableDataInsertAllResponse",
      insertErrors: [
        { index: 0, errors: [invalid("nme", "no such field: nme.")] },
        {
          index: 1,
          errors: [
            invalid("amount", 'Cannot convert value to floating point (bad value): "much"'),
            invalid("user_id", "Missing required field: user_id."),
          ],
        },
        { index: 2, errors: [{ reason: "stopped", location: "", debugInfo: "", message: "" }] },
      ],
    });
    expect(await rows("SELECT * FROM churn.events")).toEqual([]);
    await insert(bad, { skipInvalidRows: true });
    expect(await rows("SELECT user_id FROM churn.events")).toEqual([["ann"]]);
    await insert([bad[0]!], { ignoreUnknownValues: true });
    expect(await rows("SELECT user_id FROM churn.events ORDER BY user_id")).toEqual([["ann"], ["bob"]]);
  });

  test.each([
    ["none", [{ user_id: "ann" }], "404 Not found: Table acme:churn.none"],
    ["spenders", [{ user_id: "ann" }], "400 Cannot add rows to a table of type VIEW."],
    ["events", [], "400 No rows present in the request."],
  ])("into %s is refused", async (tableId, given, message) => {
    expect(refusal(await insert(given, {}, tableId))).toBe(message);
  });
});

describe("queries", () => {
  beforeEach(async () => {
    await insert([ann, { user_id: "bob", amount: 2 }, { user_id: "ann", amount: 3, seen: "2026-01-05T11:00:00Z" }]);
  });

  test.each([
    "SELECT events.user_id FROM `acme.churn.events` WHERE amount = 2",
    "SELECT e.user_id FROM `acme`.churn.`events` AS e WHERE amount = 2",
    "SELECT user_id FROM churn.events WHERE amount = 2",
    "SELECT user_id FROM acme.churn.events WHERE amount = 2",
    "WITH churn AS (SELECT * FROM churn.events) SELECT churn.user_id FROM churn WHERE churn.amount = 2",
    "WITH e AS (SELECT user_id, e.amount - e.amount AS rest FROM churn.events AS e) SELECT user_id FROM e WHERE rest = 0 AND user_id = 'bob'",
  ])("tables are named in every way: %s", async (sql) => {
    expect(await rows(sql)).toEqual([["bob"]]);
  });

  test("a table alone is looked for in the default dataset", async () => {
    expect(await rows("SELECT COUNT(*) AS n FROM events", { defaultDataset: { datasetId: "churn" } })).toEqual([["3"]]);
  });

  test("views of Terraform are queried, over rows as they are now", async () => {
    const sql = "SELECT user_id, spent FROM churn.spenders ORDER BY spent DESC";
    expect(await rows(sql)).toEqual(
      [
        ["ann", "4.5"],
        ["bob", "2.0"],
      ].map(([id, n]) => [id, String(Number(n))]),
    );

    await insert([{ user_id: "bob", amount: 10 }]);
    expect(await rows(sql)).toEqual([
      ["bob", "12"],
      ["ann", "4.5"],
    ]);
  });

  test("columns without a name are called as BigQuery calls them", async () => {
    const { schema } = (await query("SELECT COUNT(*), user_id, MAX(amount) FROM churn.events GROUP BY user_id"))
      .body as {
      schema: { fields: { name: string }[] };
    };

    expect(schema.fields.map(({ name }) => name)).toEqual(["f0_", "user_id", "f1_"]);
  });

  test("the time is the clock's", async () => {
    const sql = "SELECT CURRENT_TIMESTAMP() AS now, CURRENT_DATE() AS today";

    expect(await rows(sql, { formatOptions: { useInt64Timestamp: true } })).toEqual([
      [String(start * 1_000), "2026-01-05"],
    ]);
  });

  const scalar = (name: string, type: string, value: string) => ({
    name,
    parameterType: { type },
    parameterValue: { value },
  });

  test("named parameters of every kind are values, never SQL", async () => {
    const queryParameters = [
      scalar("who", "STRING", "x' OR '1'='1\\"),
      scalar("least", "INT64", "2"),
      scalar("since", "TIMESTAMP", "2026-01-05T10:30:00Z"),
      {
        name: "ids",
        parameterType: { type: "ARRAY", arrayType: { type: "STRING" } },
        parameterValue: { arrayValues: [{ value: "ann" }, { value: "eve" }] },
      },
    ];

    const find = async (condition: string) =>
      rows(`SELECT amount FROM churn.events WHERE ${condition} ORDER BY amount`, {
        parameterMode: "NAMED",
        queryParameters,
      });

    expect(await rows("SELECT @who AS who", { queryParameters })).toEqual([["x' OR '1'='1\\"]]);
    expect(await find("user_id = @who")).toEqual([]);
    expect(await find("amount >= @least")).toEqual([["2"], ["3"]]);
    expect(await find("seen > @since")).toEqual([["3"]]);
    expect(await find("user_id IN UNNEST(@ids)")).toEqual([["1.5"], ["3"]]);
  });

  test("positional parameters", async () => {
    const queryParameters = ["ann", "bob"].map((value) => ({
      parameterType: { type: "STRING" },
      parameterValue: { value },
    }));

    expect(await rows("SELECT ? AS a, ? AS b", { parameterMode: "POSITIONAL", queryParameters })).toEqual([
      ["ann", "bob"],
    ]);
  });

  test("an experiment is analysed: groups by a stable hash, lift with its variance", async () => {
    const sql = `
      WITH units AS (
        SELECT CAST(n AS STRING) AS unit, IF(MOD(ABS(FARM_FINGERPRINT(CONCAT('salt', CAST(n AS STRING)))), 100) < 50, 'a', 'b') AS arm
        FROM UNNEST(GENERATE_ARRAY(1, 1000)) AS n
      )
      SELECT arm, COUNT(*) AS units, AVG(LENGTH(unit)) AS mean, SAFE_DIVIDE(VAR_SAMP(LENGTH(unit)), COUNT(*)) AS variance
      FROM units GROUP BY arm ORDER BY arm`;
    const [a, b] = await rows(sql);

    expect(Number(a![1]) + Number(b![1])).toBe(1_000);
    expect(Number(a![1])).toBeGreaterThan(450);
    expect(Number(a![1])).toBeLessThan(550);
    expect(await rows(sql)).toEqual([a, b]);
  });

  test("statements that change rows are kept", async () => {
    const merge = `MERGE churn.events AS t USING (SELECT 'eve' AS user_id) AS s ON t.user_id = s.user_id
      WHEN NOT MATCHED THEN INSERT (user_id, amount) VALUES (s.user_id, 9)`;

    expect((await query(merge)).body).toMatchObject({ numDmlAffectedRows: "1" });
    expect((await query(merge)).body).toMatchObject({ numDmlAffectedRows: "0" });
    await query("DELETE FROM churn.events WHERE user_id = 'ann'");
    expect(await rows("SELECT user_id, amount FROM churn.events ORDER BY user_id")).toEqual([
      ["bob", "2"],
      ["eve", "9"],
    ]);
  });

  test.each([
    [
      "SELECT 1",
      { useLegacySql: undefined },
      "400 The sandbox runs GoogleSQL only: set useLegacySql to false, which is true unless it is given",
    ],
    ["SELECT * FROM churn.none", {}, "404 Not found: Table acme:churn.none"],
    ["SELECT * FROM `acme.other.none`", {}, "404 Not found: Table acme:other.none"],
    [
      "SELECT * FROM `/etc/hostname.csv`",
      {},
      '400 The sandbox\'s engine refuses the query: Permission Error: Cannot access file "/etc/hostname.csv" - file system operations are disabled by configuration',
    ],
    ["SELECT @x", {}, "400 Query parameter 'x' not found"],
    [
      "CREATE TABLE churn.x AS SELECT 1",
      {},
      "400 The sandbox runs SELECT, INSERT, UPDATE, DELETE and MERGE, got 'CREATE'",
    ],
    ["SELECT 1; SELECT 2", {}, "400 Syntax error: the sandbox runs one statement at a time"],
    [
      "SELECT 1 / 0 AS x",
      {},
      "400 division by zero, or a value that is not finite, which the sandbox cannot tell apart",
    ],
    [
      "SELECT nme FROM churn.events",
      {},
      '400 The sandbox\'s engine refuses the query: Binder Error: Referenced column "nme" not found in FROM clause!',
    ],
  ])("%s with %j is refused", async (sql, options, message) => {
    expect(refusal(await query(sql, options))).toBe(message);
  });
});

describe("jobs", () => {
  const job = async (jobId: string, sql: string) =>
    acme.call("POST", `${host}/jobs`, {
      jobReference: { projectId: "acme", jobId },
      configuration: { query: { query: sql, useLegacySql: false } },
    });

  test("a job is done at once, and its results can be fetched", async () => {
    expect((await job("j1", "SELECT 7 AS n")).body).toMatchObject({
      status: { state: "DONE" },
      jobReference: { jobId: "j1" },
    });
    expect((await acme.call("GET", `${host}/jobs/j1`)).body).toMatchObject({
      id: "acme:j1",
      status: { state: "DONE" },
    });
    expect((await acme.call("GET", `${host}/queries/j1`)).body).toMatchObject({ rows: [{ f: [{ v: "7" }] }] });
  });

  test("a job that fails says so in its status; an id is not used twice", async () => {
    expect((await job("j1", "SELECT MADE_UP(1)")).body).toMatchObject({
      status: {
        errorResult: { reason: "invalidQuery", message: "The sandbox does not evaluate the function MADE_UP at [1:8]" },
      },
    });
    expect(refusal(await job("j1", "SELECT 1"))).toBe("409 Already Exists: Job acme:j1");
    expect(refusal(await acme.call("GET", `${host}/queries/j2`))).toBe("404 Not found: Job acme:j2");
  });
});

test("requests of an endpoint are logged to the table that Vertex AI makes itself", async () => {
  const logging = {
    enabled: true,
    sampling_rate: 1,
    bigquery_destination: [{ output_uri: "bq://acme.churn.requests" }],
  };
  const made = resources.find(({ id }) => id === endpoint)!;
  acme.cloud.put({ ...made, values: { ...made.values, predict_request_response_logging_config: [logging] } });
  await acme.upload();
  await acme.deploy("11", "1", { "0": 100 });
  const { predictions } = (await acme.vertex("POST", `endpoints/${endpointId}:predict`, { instances: [{ x: 1 }] }))
    .body as {
    predictions: number[];
  };

  expect(await rows("SELECT deployed_model_id, request_payload, response_payload FROM churn.requests")).toEqual([
    ["11", [{ v: '{"x":1}' }], [{ v: JSON.stringify(predictions[0]) }]],
  ]);
});
