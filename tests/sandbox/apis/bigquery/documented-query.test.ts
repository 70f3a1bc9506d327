import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Acme, refusal } from "../support/acme";

const page = readFileSync(join(__dirname, "../../../../docs/rollouts.md"), "utf8");
const [, documented] = /```sql\n([^`]+)```/.exec(page)!;

const host = "https://bigquery.googleapis.com/bigquery/v2/projects/acme";

const column = (type: string) => (name: string) => ({ name, type, mode: "NULLABLE" });
const [string, timestamp] = [column("STRING"), column("TIMESTAMP")];

function table(dataset: string, id: string, schema: readonly object[]) {
  return {
    type: "google_bigquery_table",
    id: `projects/acme/datasets/${dataset}/tables/${id}`,
    values: { dataset_id: dataset, table_id: id, schema: JSON.stringify(schema) },
  };
}

const requests = table("churn_serving_logs", "propensity", [
  ...["endpoint", "deployed_model_id"].map(string),
  timestamp("logging_time"),
  { name: "request_payload", type: "STRING", mode: "REPEATED" },
]);
const events = table("churn_raw", "usage_events", [
  ...["event_id", "subscriber_id"].map(string),
  timestamp("event_time"),
]);
const datasets = ["churn_serving_logs", "churn_raw"].map((name) => ({
  type: "google_bigquery_dataset",
  id: `projects/acme/datasets/${name}`,
  values: {},
}));

const at = (minute: number) => `2026-01-05T10:${String(minute).padStart(2, "0")}:00Z`;
const scored = (version: string, minute: number, ...subscribers: string[]) => ({
  deployed_model_id: version,
  logging_time: at(minute),
  request_payload: subscribers.map((id) => JSON.stringify({ subscriber_id: id })),
});
const used = (subscriber: string, minute: number) => ({
  event_id: `${subscriber}-${minute}`,
  subscriber_id: subscriber,
  event_time: at(minute),
});

test("the documented query of a business metric answers what a rollout reads", async () => {
  const acme = new Acme({}, ...datasets, requests, events);
  const insert = async (place: string, rows: readonly object[]) => {
    await acme.call("POST", `${host}/datasets/${place}/insertAll`, { rows: rows.map((json) => ({ json })) });
  };
  await insert("churn_serving_logs/tables/propensity", [
    scored("11", 1, "ann", "bob"),
    scored("22", 2, "cleo", "dan"),
    // Scored by the other version before; by neither of the two; outside of the window.
    scored("22", 5, "ann"),
    scored("33", 5, "eve"),
    scored("11", 59, "fay"),
  ]);
  await insert("churn_raw/tables/usage_events", [used("ann", 3), used("ann", 4), used("cleo", 3), used("dan", 9)]);
  // Before it was scored, and after the window.
  await insert("churn_raw/tables/usage_events", [used("bob", 0), used("bob", 40)]);

  const parameter = (name: string, type: string, value: string) => ({
    name,
    parameterType: { type },
    parameterValue: { value },
  });
  const answer = await acme.call("POST", `${host}/queries`, {
    query: documented,
    useLegacySql: false,
    parameterMode: "NAMED",
    queryParameters: [
      parameter("start", "TIMESTAMP", at(0)),
      parameter("end", "TIMESTAMP", at(30)),
      parameter("champion", "STRING", "11"),
      parameter("challenger", "STRING", "22"),
    ],
  });

  expect(answer.status === 200 ? "" : refusal(answer)).toBe("");
  const { rows } = answer.body as { rows: { f: { v: string }[] }[] };
  const read = rows.map(({ f: [id, ...numbers] }) => [id!.v, ...numbers.map(({ v }) => Number(v))]);
  expect(read.sort()).toEqual([
    ["11", 2, 0.5, 0.5],
    ["22", 2, 1, 0],
  ]);
});
