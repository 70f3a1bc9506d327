import { BigqueryRoutine } from "@cdktf/provider-google/lib/bigquery-routine";
import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { Construct } from "constructs";

import type { Dataset } from "./dataset";
import type { IEncryptionKey } from "./encryption-key";
import { type AnalysisSettings, analysisSql, assignmentSql } from "./experiment-sql";
import type { Grant } from "./grant";
import type { IIdentity } from "./identity";
import { literal } from "./literal";
import { PlatformStack } from "./platform-stack";
import { type Column, Table } from "./table";

export interface ExperimentProps extends AnalysisSettings {
  readonly dataset: Dataset;

  /** Beginning of the ids of its table and view in the dataset, end of that of its function: `retention`. */
  readonly experimentId: string;

  /** Text hashed with the unit: another one deals the groups anew. */
  readonly salt: string;

  /** Key that encrypts the exposures. */
  readonly encryptionKey: IEncryptionKey;
}

const columns: readonly Column[] = [
  { name: "unit", type: "STRING", mode: "REQUIRED", description: "What was assigned to the group" },
  { name: "experiment_group", type: "STRING", mode: "REQUIRED", description: "Group whose answer the unit got" },
  { name: "exposed_at", type: "TIMESTAMP", mode: "REQUIRED", description: "When the unit got the answer" },
  { name: "request_id", type: "STRING", mode: "NULLABLE", description: "Request that was answered" },
];

/**
 * A comparison of what answers for some units with what answers for others: `assign_{id}(unit)` gives a unit's group, `{id}_exposures`
 * keeps who got which answer, `{id}_results` says what came of it.
 */
export class Experiment extends Construct {
  private readonly exposures: Table;

  constructor(scope: Construct, id: string, props: ExperimentProps) {
    super(scope, id);
    const { dataset, experimentId, groups, control } = props;
    const { deletionProtection } = PlatformStack.of(this).environment;
    const total = groups.reduce((sum, { share }) => sum + Math.round(share * 100), 0) / 100;
    if (total !== 100) {
      throw new Error(`${this.node.path}: 'groups' must have shares that sum to 100, got ${total}`);
    }
    if (!groups.some(({ name }) => name === control)) {
      const names = groups.map(({ name }) => name).join(", ");
      throw new Error(`${this.node.path}: 'control' must be one of ${names}, got ${control}`);
    }

    const text = JSON.stringify({ typeKind: "STRING" });
    new BigqueryRoutine(this, "Assignment", {
      datasetId: dataset.datasetId,
      routineId: `assign_${experimentId}`,
      routineType: "SCALAR_FUNCTION",
      language: "SQL",
      description: "Group of a unit, the same one always",
      arguments: [{ name: "unit", dataType: text }],
      returnType: text,
      definitionBody: assignmentSql(props.salt, groups),
    });
    this.exposures = new Table(this, "Exposures", {
      dataset,
      tableId: `${experimentId}_exposures`,
      description: "One row for every answer; what counts is the first one of a unit",
      columns,
      partitionColumn: "exposed_at",
      clusterBy: ["unit"],
      encryptionKey: props.encryptionKey,
    });
    new BigqueryTable(this, "Results", {
      datasetId: dataset.datasetId,
      tableId: `${experimentId}_results`,
      description: "One row a group: its units, its mean, the difference from the control, and a verdict",
      deletionProtection,
      view: {
        query: analysisSql(this.exposures.tableName, { ...props, outcomeQuery: literal(props.outcomeQuery) }),
        useLegacySql: false,
      },
    });
  }

  /** Lets `identity` record exposures: `roles/bigquery.dataEditor` on their table. */
  grantRecord(identity: IIdentity): Grant {
    return this.exposures.grantWrite(identity);
  }
}
