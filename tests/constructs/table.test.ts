import { BigqueryTableIamMember } from "@cdktf/provider-google/lib/bigquery-table-iam-member";
import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";

import type { Environment } from "../../constructs/platform-stack";
import { type Column, Table, type TableProps } from "../../constructs/table";
import { dataset, encryptionKey, keyGrant, runner } from "../support/fixtures";
import { reference, resolve, templateOf, testStack } from "../support/template";

const columns: Column[] = [
  { name: "customer", type: "STRING", mode: "REQUIRED", description: "Id of the customer" },
  { name: "publish_time", type: "TIMESTAMP", mode: "NULLABLE" },
];
const props = (changes: Partial<TableProps> = {}) => ({
  tableId: "events",
  description: "Events of customers",
  columns,
  partitionColumn: "publish_time",
  encryptionKey,
  ...changes,
});
const table = (changes: Partial<TableProps> = {}, overrides: Partial<Environment> = {}) =>
  templateOf((stack) => new Table(stack, "Events", { dataset: dataset(stack), ...props(changes) }), overrides);

test("a table has a partition a day that queries must name, is encrypted, and waits for the key's grants", () => {
  const template = table();
  expect(template.counts).toEqual({ google_bigquery_table: 1 });
  const { schema, ...rest } = template.only(BigqueryTable);
  expect(JSON.parse(schema as string)).toEqual(columns);
  expect(rest).toEqual({
    dataset_id: "churn",
    table_id: "events",
    description: "Events of customers",
    deletion_protection: false,
    require_partition_filter: true,
    time_partitioning: { type: "DAY", field: "publish_time" },
    encryption_configuration: { kms_key_name: encryptionKey.keyId },
    depends_on: [keyGrant.fqn],
  });
});

test("a protected table cannot be destroyed", () => {
  expect(table({}, { deletionProtection: true }).only(BigqueryTable)).toMatchObject({ deletion_protection: true });
});

test.each([
  [1, 86_400_000],
  [3650, 315_360_000_000],
])("partitions can be deleted after %i days", (partitionExpirationDays, expirationMs) => {
  expect(table({ partitionExpirationDays }).only(BigqueryTable)).toMatchObject({
    time_partitioning: { expiration_ms: expirationMs },
  });
});

test.each([0, 3651])("deleting partitions after %i days is refused", (partitionExpirationDays) => {
  expect(() => table({ partitionExpirationDays })).toThrow(
    new Error(`test/Events: 'partitionExpirationDays' must be from 1 to 3650, got ${partitionExpirationDays}`),
  );
});

test("a partition column that is no column is refused", () => {
  expect(() => table({ partitionColumn: "day" })).toThrow(
    new Error("test/Events: 'partitionColumn' must be one of customer, publish_time, got day"),
  );
});

test("a table is named as subscriptions and as Dataflow want it, and they wait for it", () => {
  const stack = testStack();
  const { tableName, tableSpec } = new Table(stack, "Events", { dataset: dataset(stack), ...props() });
  const ids =
    "\\$\\{google_bigquery_table\\.Events_\\w+\\.dataset_id\\}\\.\\$\\{google_bigquery_table\\.Events_\\w+\\.table_id\\}";
  expect(resolve(stack, tableName)).toMatch(new RegExp(`^acme-ml-dev\\.${ids}$`));
  expect(resolve(stack, tableSpec)).toMatch(new RegExp(`^acme-ml-dev:${ids}$`));
});

test("rows are sorted by columns that the table has, and written by whom they are granted to", () => {
  const template = templateOf((stack) => {
    const made = new Table(stack, "Events", { dataset: dataset(stack), ...props({ clusterBy: ["customer"] }) });
    made.grantWrite(runner(stack));
  });
  expect(template.only(BigqueryTable)).toMatchObject({ clustering: ["customer"] });
  expect(template.only(BigqueryTableIamMember)).toEqual({
    dataset_id: reference(BigqueryTable, "dataset_id"),
    table_id: reference(BigqueryTable, "table_id"),
    role: "roles/bigquery.dataEditor",
    member: "serviceAccount:churn-runner@acme-ml-dev.iam.gserviceaccount.com",
  });
  expect(() => table({ clusterBy: ["client"] })).toThrow(
    "test/Events: 'clusterBy' must name some of customer, publish_time, got client",
  );
});
