import type { Context } from "../apis/context";
import { TableStore } from "../apis/bigquery/tables";
import type { DeclaredModel } from "./declared";
import type { DecisionView, Verdict } from "./view";

/** A row of a team's journal, as BigQuery has it. JSON columns are JSON text. */
export interface JournalRow {
  readonly decision_id: string;
  readonly decided_at: string;
  readonly team: string;
  readonly model: string;
  readonly version: string;
  readonly rollout: string;
  readonly workflow: string;
  readonly phase: string;
  readonly action: string;
  readonly verdict: Verdict | null;
  readonly reason: string | null;
  readonly actor: string;
  readonly split_before: string | null;
  readonly split_after: string | null;
  readonly evidence: string | null;
}

/** The journals of all teams. What was read is kept until a journal grows: a page looks several times a second. */
export class Journal {
  private read: { readonly batches: readonly object[]; readonly rows: readonly JournalRow[] } = {
    batches: [],
    rows: [],
  };

  constructor(private readonly context: Context) {}

  /** Rows about models, oldest first. A row that was delivered twice is there once. */
  rows(models: readonly DeclaredModel[]): readonly JournalRow[] {
    const tables = new TableStore(this.context);
    const datasets = new Map(models.map(({ project, team }) => [`${project} ${team}`, { project, team }]));
    const batches = [...datasets.values()].flatMap(({ project, team }) =>
      tables.batches({ project, dataset: `${team.replaceAll("-", "_")}_rollouts`, table: "decisions" }),
    );
    const { read } = this;
    if (batches.length !== read.batches.length || batches.some((batch, index) => batch !== read.batches[index])) {
      this.read = { batches, rows: inOrder(batches.flatMap(({ rows }) => rows as unknown as JournalRow[])) };
    }
    return this.read.rows;
  }
}

function inOrder(rows: readonly JournalRow[]): JournalRow[] {
  const once = [...new Map(rows.map((row) => [row.decision_id, row])).values()];
  return once
    .map((row, index) => ({ row, index, at: timeOf(row) }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .map(({ row }) => row);
}

/** Rows since a time, from the beginning of the rollout that was under way then; where nothing came after it, the latest rollout. */
export function rowsSince(rows: readonly JournalRow[], since: number): readonly JournalRow[] {
  const first = rows[rows.findLastIndex((row) => timeOf(row) < since) + 1] ?? rows.at(-1);
  return rows.slice(
    Math.max(
      0,
      rows.findIndex(({ rollout }) => rollout === first?.rollout),
    ),
  );
}

export function timeOf({ decided_at: decided }: JournalRow): number {
  return Date.parse(decided);
}

/** The value of a JSON column. */
export function parsed<T>(column: unknown): T | undefined {
  const value: unknown = typeof column === "string" ? JSON.parse(column) : column;
  return (value ?? undefined) as T | undefined;
}

/** Version by the id under which it was deployed, as far as rows tell. */
export function deployments(rows: readonly JournalRow[]): Map<string, string> {
  const found = rows.flatMap(({ action, evidence, version }) => {
    const id =
      action === "deploy" || action === "deployed"
        ? parsed<{ deployedModelId?: string }>(evidence)?.deployedModelId
        : undefined;
    return id === undefined ? [] : [[id, version] as const];
  });
  return new Map(found);
}

/** A split by version instead of by deployed id. */
export function byVersion(
  split: Readonly<Record<string, number>>,
  versions: ReadonlyMap<string, string>,
): Record<string, number> {
  const shares: Record<string, number> = {};
  for (const [id, share] of Object.entries(split)) {
    const version = versions.get(id) ?? id;
    shares[version] = (shares[version] ?? 0) + share;
  }
  return shares;
}

export function decisionView(row: JournalRow, versions: ReadonlyMap<string, string>): DecisionView {
  const split = parsed<Record<string, number>>(row.split_after);
  return {
    id: row.decision_id,
    at: timeOf(row),
    team: row.team,
    model: row.model,
    version: row.version,
    rollout: row.rollout,
    workflow: row.workflow,
    phase: row.phase,
    action: row.action,
    verdict: row.verdict,
    reason: row.reason ?? "",
    actor: row.actor,
    splitAfter: split ? byVersion(split, versions) : null,
  };
}
