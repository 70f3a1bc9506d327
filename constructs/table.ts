import { BigqueryTableIamMember } from "@cdktf/provider-google/lib/bigquery-table-iam-member";
import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { Construct } from "constructs";

import type { IDataset } from "./dataset";
import type { IEncryptionKey } from "./encryption-key";
import { requireRange } from "./errors";
import { type Grant, grantOnce } from "./grant";
import type { IIdentity } from "./identity";
import { PlatformStack } from "./platform-stack";

export type ColumnType = "STRING" | "BYTES" | "INTEGER" | "FLOAT" | "BOOLEAN" | "TIMESTAMP" | "DATE" | "JSON";

/** A column of a table. The mode is always written: the provider shows a difference where it is left out. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly mode: "NULLABLE" | "REQUIRED";
  readonly description?: string;
}

export interface TableProps {
  readonly dataset: IDataset;

  /** Id within the dataset. */
  readonly tableId: string;

  readonly description: string;

  /** Columns in order. Add new ones at the end: the provider makes the table anew when one is renamed or removed. */
  readonly columns: readonly Column[];

  /** Column of type TIMESTAMP or DATE that the table is partitioned by, one partition a day. */
  readonly partitionColumn: string;

  /**
   * Columns that rows of a partition are sorted by: at most 4, those that queries name first.
   * @default - rows are not sorted
   */
  readonly clusterBy?: readonly string[];

  /** Key that encrypts the table. */
  readonly encryptionKey: IEncryptionKey;

  /**
   * Days after which a partition is deleted: 1 to 3650.
   * @default - partitions are kept
   */
  readonly partitionExpirationDays?: number;
}

/** A table with one partition a day, which every query must name. */
export class Table extends Construct {
  /** `{project}.{dataset}.{table}`, as BigQuery subscriptions want it. */
  readonly tableName: string;

  /** `{project}:{dataset}.{table}`, as Dataflow templates want it. */
  readonly tableSpec: string;

  private readonly datasetId: string;
  private readonly tableId: string;

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const { partitionExpirationDays, clusterBy } = props;
    const { project, deletionProtection } = PlatformStack.of(this).environment;
    if (partitionExpirationDays !== undefined) {
      requireRange(this, "partitionExpirationDays", partitionExpirationDays, 1, 3650);
    }
    const names = props.columns.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      throw new Error(`${this.node.path}: 'columns' must have different names, got '${twice}' twice`);
    }
    if (!names.includes(props.partitionColumn)) {
      throw new Error(
        `${this.node.path}: 'partitionColumn' must be one of ${names.join(", ")}, got ${props.partitionColumn}`,
      );
    }

    const unknown = clusterBy?.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw new Error(`${this.node.path}: 'clusterBy' must name some of ${names.join(", ")}, got ${unknown}`);
    }

    const table = new BigqueryTable(this, "Resource", {
      datasetId: props.dataset.datasetId,
      tableId: props.tableId,
      description: props.description,
      deletionProtection,
      requirePartitionFilter: true,
      timePartitioning: {
        type: "DAY",
        field: props.partitionColumn,
        ...(partitionExpirationDays !== undefined && { expirationMs: partitionExpirationDays * 86_400_000 }),
      },
      ...(clusterBy && { clustering: [...clusterBy] }),
      encryptionConfiguration: { kmsKeyName: props.encryptionKey.keyId },
      schema: JSON.stringify(props.columns),
      dependsOn: props.encryptionKey.grants,
    });
    this.tableName = `${project}.${table.datasetId}.${table.tableId}`;
    this.tableSpec = `${project}:${table.datasetId}.${table.tableId}`;
    this.datasetId = table.datasetId;
    this.tableId = table.tableId;
  }

  /** Lets `identity` read and write rows: `roles/bigquery.dataEditor` on this table. */
  grantWrite(identity: IIdentity): Grant {
    return grantOnce(
      this,
      "Writer",
      identity,
      (grantId, to) =>
        new BigqueryTableIamMember(this, grantId, {
          datasetId: this.datasetId,
          tableId: this.tableId,
          role: "roles/bigquery.dataEditor",
          ...to,
        }),
    );
  }
}
