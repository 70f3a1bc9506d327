import { z } from "zod";

import { checkRow, type Row } from "./bigquery/schema";
import { type TableName, TableStore } from "./bigquery/tables";
import { type Context, minute, timestamp } from "./context";
import type { DeployedModel } from "./vertex/deployed-model";

/** What becomes of the people who got a prediction, as a table of the team's tells it. */
export const outcomeProfile = z.strictObject({
  /** `project.dataset.table` of a table that exists. */
  table: z.string().regex(/^[^.]+\.[^.]+\.[^.]+$/),
  /** Share of people with the outcome: by alias, version or deployed id; `*` for every other. */
  rates: z.record(z.string(), z.number().min(0).max(1)),
  /** Rows in a minute at most, shared out as the requests are. */
  rowsPerMinute: z.number().int().min(1).default(60),
  /** Names of the columns; those that the table does not have are left out. */
  columns: z
    .strictObject({
      unit: z.string().default("unit_id"),
      time: z.string().default("event_time"),
      deployedModelId: z.string().default("deployed_model_id"),
      modelVersionId: z.string().default("model_version_id"),
      outcome: z.string().default("outcome"),
    })
    .prefault({}),
});

export type OutcomeProfile = z.infer<typeof outcomeProfile>;

/** Writes the outcomes of one deployed model's requests in a minute. Throws where the table does not exist. */
export function drawOutcomes(
  context: Context,
  profile: OutcomeProfile,
  model: DeployedModel,
  { start, requests, rate, share }: { start: number; requests: number; rate: number; share: number },
): void {
  const { random, store } = context;
  const [project = "", dataset = "", table = ""] = profile.table.split(".");
  const name: TableName = { project, dataset, table };
  const tables = new TableStore(context);
  const { fields } = tables.get(name);
  const count = Math.min(requests, Math.round(profile.rowsPerMinute * share));
  if (count === 0) {
    return;
  }
  const first = store.get<number>("counter", "unit") ?? 0;
  store.put("counter", "unit", first + count);
  const { columns } = profile;
  const rows = Array.from({ length: count }, (_, index): Row => {
    const isOutcome = random.uniform() < rate;
    const type = fields.find((field) => field.name === columns.outcome)?.type;
    const values: Record<string, unknown> = {
      [columns.unit]: String(first + index + 1),
      [columns.time]: timestamp(start + Math.floor(random.uniform() * minute)),
      [columns.deployedModelId]: model.id,
      [columns.modelVersionId]: model.modelVersionId,
      [columns.outcome]: type === "BOOLEAN" || type === "BOOL" ? isOutcome : Number(isOutcome),
    };
    const known = Object.entries(values).filter(([column]) => fields.some((field) => field.name === column));
    return checkRow(fields, Object.fromEntries(known)).row;
  });
  tables.append(name, { at: start + minute, insertIds: [], rows });
}
