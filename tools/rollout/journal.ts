import type { CloudClient } from "./cloud-client";
import type { TeamNames } from "./names";
import type { Split } from "./state";

/** What a version did between two times. */
export interface Measured {
  readonly samples: number;
  readonly serverErrors: number;
  /** Milliseconds; null where nothing was answered. */
  readonly latencyP95: number | null;
}

/** A decision, as the journal has it. */
export interface Decision {
  readonly decisionId: string;
  /** RFC 3339 */
  readonly decidedAt: string;
  readonly model: string;
  readonly version: string;
  readonly rollout: string;
  readonly execution: string;
  readonly workflow: string;
  readonly phase: string;
  readonly action: string;
  readonly verdict: string | null;
  readonly reason: string | null;
  readonly actor: string;
  readonly splitBefore: Split | null;
  readonly splitAfter: Split | null;
  readonly evidence: {
    readonly challenger?: Measured;
    readonly champion?: Measured;
    /** URL that the answer to a question is sent to. */
    readonly callback?: string;
  } | null;
}

const columns = [
  "decision_id",
  "decided_at",
  "model",
  "version",
  "rollout",
  "execution",
  "workflow",
  "phase",
  "action",
  "verdict",
  "reason",
  "actor",
  "split_before",
  "split_after",
  "evidence",
] as const;

type Row = Readonly<Record<(typeof columns)[number], string | null>>;

interface Cell {
  readonly v: string | null;
}

interface QueryAnswer {
  readonly jobComplete: boolean;
  readonly jobReference: { readonly jobId: string; readonly location?: string };
  readonly rows?: readonly { readonly f: readonly Cell[] }[];
  /** Of the rows that do not fit into 10 MB. */
  readonly pageToken?: string;
}

/** The latest decisions about a model, oldest first, each once: a row may have been inserted twice. */
export async function readJournal(
  client: CloudClient,
  { journal }: TeamNames,
  model: string,
  limit: number,
): Promise<Decision[]> {
  const selected = columns.map((name) => (name === "decided_at" ? "UNIX_MICROS(decided_at) AS decided_at" : name));
  const query = `SELECT ${selected.join(", ")} FROM \`${journal.table}\` AS decisions
WHERE model = @model
QUALIFY ROW_NUMBER() OVER (PARTITION BY decision_id ORDER BY decisions.decided_at) = 1
ORDER BY decisions.decided_at DESC
LIMIT ${limit}`;
  const rows = await readRows(
    client,
    `https://bigquery.googleapis.com/bigquery/v2/projects/${journal.project}/queries`,
    {
      query,
      useLegacySql: false,
      timeoutMs,
      parameterMode: "NAMED",
      queryParameters: [{ name: "model", parameterType: { type: "STRING" }, parameterValue: { value: model } }],
    },
  );
  return rows.map((cells) => decision(rowOf(cells))).sort(inOrder);
}

/** How long BigQuery lets a caller wait before it answers that the query is not complete. */
const timeoutMs = 60_000;

/** All rows that a query has, however long it takes and however many they are. */
async function readRows(client: CloudClient, url: string, request: object): Promise<(readonly Cell[])[]> {
  let answer = (await client.call("POST", url, request, true)) as QueryAnswer;
  const { jobId, location } = answer.jobReference;
  const rows = [...(answer.rows ?? [])];
  while (!answer.jobComplete || answer.pageToken !== undefined) {
    const query = new URLSearchParams({
      timeoutMs: String(timeoutMs),
      ...(location !== undefined && { location }),
      ...(answer.pageToken !== undefined && { pageToken: answer.pageToken }),
    });
    answer = (await client.call("GET", `${url}/${jobId}?${query.toString()}`)) as QueryAnswer;
    rows.push(...(answer.rows ?? []));
  }
  return rows.map(({ f }) => f);
}

function rowOf(cells: readonly Cell[]): Row {
  return Object.fromEntries(columns.map((name, index) => [name, cells[index]!.v])) as Row;
}

function decision(row: Row): Decision {
  return {
    decisionId: row.decision_id ?? "",
    decidedAt: new Date(Number(row.decided_at) / 1_000).toISOString(),
    model: row.model ?? "",
    version: row.version ?? "",
    rollout: row.rollout ?? "",
    execution: row.execution ?? "",
    workflow: row.workflow ?? "",
    phase: row.phase ?? "",
    action: row.action ?? "",
    verdict: row.verdict,
    reason: row.reason,
    actor: row.actor ?? "",
    splitBefore: json(row.split_before) as Split | null,
    splitAfter: json(row.split_after) as Split | null,
    evidence: json(row.evidence) as Decision["evidence"],
  };
}

function json(text: string | null): unknown {
  return text === null ? null : (JSON.parse(text) as unknown);
}

/** Decisions of one second are in the order of their numbers. */
function inOrder(a: Decision, b: Decision): number {
  const number = ({ decisionId }: Decision) => Number(/\d+$/.exec(decisionId)?.[0] ?? 0);
  return a.decidedAt === b.decidedAt ? number(a) - number(b) : a.decidedAt < b.decidedAt ? -1 : 1;
}
