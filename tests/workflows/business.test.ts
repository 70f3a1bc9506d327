import { readFileSync } from "node:fs";
import { join } from "node:path";

import { jsonResponse, type Outcome, parseWorkflow } from "../../tools/sandbox/workflows/runner";
import type { HttpResponse } from "../../tools/sandbox/workflows/http";
import type { Json } from "../../tools/sandbox/workflows/values";
import { run } from "../sandbox/workflows/support/run";
import { endpoint, Stage } from "./support/stage";

const shared = [
  "judge_business",
  "judge_units",
  "judge_difference",
  "call_google",
  "is_transient",
  "message_of",
  "tags_of",
].map((name) => readFileSync(join(__dirname, `../../workflows/shared/${name}.yaml`), "utf8"));
const program = parseWorkflow(
  `main:
  params: [args]
  steps:
    - judge:
        call: judge_business
        args: { policy: "\${args.policy}", state: "\${args.state}", start: 0, end: 3600 }
        result: judged
    - done:
        return: \${judged}
${shared.join("\n")}`,
  "business.yaml",
);

const business = { query: "SELECT 1", better: "higher", tolerance: 0.5, minimumUnits: 100 };

type Column = string | null;

/** The verdict where BigQuery gives this answer. */
function judge(answer: HttpResponse, changes: Partial<typeof business> = {}): Promise<Outcome> {
  const policy = { business: { ...business, ...changes }, criticalValue: 2.5 };
  return run(
    program,
    { policy, state: { challenger: "22", champion: "11" } },
    {
      http: () => Promise.resolve(answer),
      env: { BIGQUERY_API: "https://bigquery.googleapis.com", PROJECT: "acme", REGION: "x" },
    },
  );
}

const rows = (...all: readonly Column[][]): HttpResponse =>
  jsonResponse(200, { jobComplete: true, rows: all.map((row) => ({ f: row.map((v) => ({ v })) })) } as unknown as Json);

const champion = ["11", "1000", "10", "4"];

test.each<[string, Column[], Partial<typeof business>, string, string]>([
  ["better", ["22", "1000", "11", "4"], {}, "pass", "business metrics are not worse than tolerated"],
  ["within the tolerance", ["22", "1000", "9.9", "4"], {}, "pass", "business metrics are not worse than tolerated"],
  ["worse", ["22", "1000", "9", "4"], {}, "fail", "business metrics are worse than the old version's by 1"],
  [
    "worse by what may be chance",
    ["22", "1000", "9.5", "40"],
    {},
    "inconclusive",
    "business metrics differ by 0.5, which the data does not yet tell from chance",
  ],
  [
    "higher where lower is better",
    ["22", "1000", "11", "4"],
    { better: "lower" },
    "fail",
    "business metrics are worse than the old version's by 1",
  ],
  [
    "lower where lower is better",
    ["22", "1000", "9", "4"],
    { better: "lower" },
    "pass",
    "business metrics are not worse than tolerated",
  ],
  [
    "worse, of too few units",
    ["22", "99", "1", "4"],
    {},
    "inconclusive",
    "99 and 1000 units, the business metric needs 100",
  ],
])("a version whose metric is %s", async (_, challenger, changes, verdict, reason) => {
  expect(await judge(rows(champion, challenger), changes)).toMatchObject({
    state: "SUCCEEDED",
    result: { verdict, reason },
  });
});

test("a verdict holds the numbers it was made from", async () => {
  expect(await judge(rows(["22", "1000", "11", "4"], champion))).toMatchObject({
    result: { units: { new: "1000", old: "1000" }, means: { new: "11", old: "10" } },
  });
});

const columns =
  "the query of the business metric must answer deployed_model_id, units, mean and variance, and no NULL: ";

test.each<[string, HttpResponse, string]>([
  [
    "has a row of one version only",
    rows(champion),
    "the query of the business metric has no row for one of the versions",
  ],
  [
    "has no rows",
    jsonResponse(200, { jobComplete: true }),
    "the query of the business metric has no row for one of the versions",
  ],
  ["has a mean that is NULL", rows(champion, ["22", "1000", null, "4"]), columns],
  ["counts units that are NULL", rows(champion, ["22", null, "9", "4"]), columns],
  ["has a variance that is no number", rows(champion, ["22", "1000", "9", "much"]), columns],
  ["has too few columns", rows(champion, ["22", "1000", "9"]), columns],
  ["has a row without columns", rows(champion, []), columns],
  [
    "takes too long",
    jsonResponse(200, { jobComplete: false }),
    "the query of the business metric did not end within a minute",
  ],
  [
    "is refused",
    jsonResponse(400, { error: { code: 400, message: "Unrecognized name: mean" } }),
    "the query of the business metric failed: Unrecognized name: mean",
  ],
])("a query that %s is no data", async (_, answer, reason) => {
  expect(await judge(answer)).toMatchObject({
    state: "SUCCEEDED",
    result: { verdict: "no-data", reason: expect.stringMatching(new RegExp(`^${reason}`)) },
  });
});

/** A query with a row per version; the engine of the sandbox runs it. */
const query = (mean: string) => `
  SELECT @challenger AS deployed_model_id, 1000 AS units, ${mean} AS mean, 4.0 AS variance FROM (SELECT 1) WHERE @start < @end
  UNION ALL SELECT @champion, 1000, 10.0, 4.0`;

async function rolledOut(mean: string) {
  const stage = new Stage({ business: { ...business, fromShare: 50, query: query(mean) } });
  await stage.serveFirst();
  stage.apis.traffic.set(endpoint, { rps: 20, errors: { "*": 0.005 } });
  return { stage, outcome: await stage.run("rollout", { model: "propensity", version: "challenger", actor: "anna" }) };
}

test("a version that is worse for the business is rolled back from the first stage that is judged by it", async () => {
  const { stage, outcome } = await rolledOut("9.0");
  expect(outcome).toMatchObject({
    result: { outcome: "rolled-back", reason: "business metrics are worse than the old version's by 1" },
  });
  expect(stage.journal.filter(({ action }) => action === "shift").map(({ reason }) => reason)).toEqual([
    "stage 1 of 3",
    "stage 2 of 3",
  ]);
  expect(await stage.versions()).toEqual({ 1: 100 });
});

test("a version that is as good for the business goes on, with its numbers in the journal", async () => {
  const { stage, outcome } = await rolledOut("10.5");
  expect(outcome).toMatchObject({ result: { outcome: "done" } });
  const judged = stage.journal.filter(({ evidence }) => evidence.includes('"business"'));
  expect(judged.map(({ action, verdict }) => [action, verdict])).toContainEqual(["look", "pass"]);
});

test("without a metric of the business nothing passes: at the deadline a person is asked", async () => {
  const { stage, outcome } = await rolledOut("CAST(NULL AS FLOAT64)");
  expect(outcome).toMatchObject({ result: { outcome: "rolled-back", reason: "the approval expired" } });
  const looks = stage.journal.filter(({ action }) => action === "look").slice(-5);
  expect(looks.map(({ verdict, reason }) => [verdict, reason?.startsWith(columns)])).toEqual(
    Array(5).fill(["no-data", true]),
  );
});
