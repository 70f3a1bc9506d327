import { BigqueryRoutine } from "@cdktf/provider-google/lib/bigquery-routine";
import { BigqueryTableIamMember } from "@cdktf/provider-google/lib/bigquery-table-iam-member";
import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";

import { Dataset } from "../../constructs/dataset";
import { Experiment, type ExperimentProps } from "../../constructs/experiment";
import type { Environment } from "../../constructs/platform-stack";
import { analysts, encryptionKey } from "../support/fixtures";
import { templateOf } from "../support/template";

const props = {
  experimentId: "retention",
  salt: "retention",
  groups: [
    { name: "heuristic", share: 50 },
    { name: "model", share: 50 },
  ],
  control: "heuristic",
  start: "2026-09-01",
  outcomeQuery: "SELECT customer, 1 AS outcome, left_at AS occurred_at FROM churn_raw.leavers WHERE plan = '${x}'",
  unit: "customer",
  better: "lower",
  windowDays: 30,
  minimumUnits: 1000,
  encryptionKey,
} as const;

const template = (changes: Partial<ExperimentProps> = {}, overrides: Partial<Environment> = {}) =>
  templateOf((stack) => {
    const dataset = new Dataset(stack, "Data", { datasetId: "churn", description: "Experiments", encryptionKey });
    new Experiment(stack, "Retention", { ...props, dataset, ...changes }).grantRecord(analysts);
  }, overrides);

const tables = (from: ReturnType<typeof template>) =>
  Object.fromEntries(from.all(BigqueryTable).map((table) => [table["table_id"] as string, table]));

test("an experiment has a function, a table of exposures by day, and a view of results", () => {
  const made = template();
  expect(made.counts).toEqual({
    google_bigquery_dataset: 1,
    google_bigquery_routine: 1,
    google_bigquery_table: 2,
    google_bigquery_table_iam_member: 1,
  });
  expect(made.only(BigqueryRoutine)).toMatchObject({
    routine_id: "assign_retention",
    routine_type: "SCALAR_FUNCTION",
    language: "SQL",
    arguments: [{ name: "unit", data_type: '{"typeKind":"STRING"}' }],
    return_type: '{"typeKind":"STRING"}',
  });
  expect(tables(made)).toMatchObject({
    retention_exposures: {
      require_partition_filter: true,
      time_partitioning: { type: "DAY", field: "exposed_at" },
      encryption_configuration: { kms_key_name: encryptionKey.keyId },
    },
    retention_results: { deletion_protection: false, view: { use_legacy_sql: false } },
  });
});

test("Terraform evaluates nothing of the team's query, and waits for the table that the view reads", () => {
  const { query } = tables(template())["retention_results"]!["view"] as { query: string };
  expect(query).toContain("WHERE plan = '$${x}'");
  expect(query).toMatch(/FROM `acme-ml-dev\.\$\{google_bigquery_table\.Retention_Exposures_\w+\.dataset_id\}\./);
});

test("who records exposures may write their table, and nothing else", () => {
  expect(template().only(BigqueryTableIamMember)).toMatchObject({
    member: analysts.member,
    role: "roles/bigquery.dataEditor",
  });
});

test("what is protected cannot be destroyed", () => {
  const protectedTables = Object.values(tables(template({}, { deletionProtection: true })));
  expect(protectedTables.map((table) => table["deletion_protection"])).toEqual([true, true]);
});

test("shares that do not sum to 100 are refused, and a control that is no group", () => {
  expect(() =>
    template({
      groups: [
        { name: "heuristic", share: 50 },
        { name: "model", share: 40 },
      ],
    }),
  ).toThrow("test/Retention: 'groups' must have shares that sum to 100, got 90");
  expect(() => template({ control: "nobody" })).toThrow(
    "test/Retention: 'control' must be one of heuristic, model, got nobody",
  );
});
