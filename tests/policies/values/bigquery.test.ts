import { checkArguments } from "../../../policies/check";

const messages = (args: Readonly<Record<string, unknown>>) =>
  checkArguments("google_bigquery_table", args)
    .filter(({ policy }) => policy === "bigquery/arguments")
    .map(({ message }) => message);

const table = { dataset_id: "curated", table_id: "events" };

test("a view has the columns that BigQuery computes of its query, and may describe them: the provider sets them after it", () => {
  const planned = { ...table, view: [{ query: "SELECT 1 AS a" }], schema: '[{"name":"a","type":"INTEGER"}]' };
  expect(messages(planned)).toEqual([]);
});

test("the columns of a view are columns all the same", () => {
  expect(messages({ ...table, view: [{ query: "SELECT 1 AS a" }], schema: '[{"name":"a","type":"NUMBER"}]' })).toEqual([
    `the type of column "a" of 'schema' must be one of BigQuery's, such as "STRING", got "NUMBER"`,
  ]);
});
