import { z } from "zod";

import { message, readBody } from "../body";
import { type Context, minute } from "../context";
import { ReasonError } from "../error";
import type { Call, Routes } from "../http";
import { checkRow, type Row } from "./schema";
import { type TableName, TableStore } from "./tables";

const insertBody = z.strictObject({
  kind: z.string().optional(),
  skipInvalidRows: z.boolean().optional(),
  ignoreUnknownValues: z.boolean().optional(),
  rows: z.array(z.strictObject({ insertId: z.string().optional(), json: message })),
});

/** Within that time an `insertId` is known again; BigQuery promises at least about a minute. */
const memory = minute;

/** `tabledata.insertAll`. Source: https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll */
export function rowRoutes(context: Context): Routes {
  const tables = new TableStore(context);

  const insertAll = (call: Call): object => {
    const name: TableName = {
      project: context.numbers.idOf(call.params["project"]!),
      dataset: call.params["dataset"]!,
      table: call.params["table"]!,
    };
    const { rows, skipInvalidRows, ignoreUnknownValues } = readBody(call, insertBody);
    const { fields, view } = tables.get(name);
    if (view !== undefined) {
      throw new ReasonError(400, "invalid", `Cannot add rows to a table of type VIEW.`);
    }
    if (rows.length === 0) {
      throw new ReasonError(400, "invalid", "No rows present in the request.");
    }
    const checked = rows.map(({ json }) => {
      const { row, errors } = checkRow(fields, json);
      return {
        row,
        errors: errors.filter(({ message: text }) => !(ignoreUnknownValues && text.startsWith("no such field"))),
      };
    });
    const insertErrors = checked.flatMap(({ errors }, index) =>
      errors.length === 0
        ? []
        : [{ index, errors: errors.map((error) => ({ reason: "invalid", debugInfo: "", ...error })) }],
    );
    if (insertErrors.length > 0 && !skipInvalidRows) {
      const stopped = { reason: "stopped", location: "", debugInfo: "", message: "" };
      const others = checked.flatMap(({ errors }, index) =>
        errors.length === 0 ? [{ index, errors: [stopped] }] : [],
      );
      return { kind: "bigquery#tableDataInsertAllResponse", insertErrors: [...insertErrors, ...others] };
    }
    append(
      name,
      rows.map(({ insertId }, index) => ({ insertId, ...checked[index]! })).filter(({ errors }) => errors.length === 0),
    );
    return { kind: "bigquery#tableDataInsertAllResponse", ...(insertErrors.length > 0 && { insertErrors }) };
  };

  const append = (name: TableName, rows: readonly { insertId: string | undefined; row: Row }[]): void => {
    const now = context.clock.now();
    const recent = tables.batches(name).filter(({ at }) => at > now - memory);
    const seen = new Set(recent.flatMap(({ insertIds }) => insertIds));
    const fresh = rows.filter(({ insertId }) => {
      const isNew = insertId === undefined || !seen.has(insertId);
      if (insertId !== undefined) {
        seen.add(insertId);
      }
      return isNew;
    });
    if (fresh.length > 0) {
      const insertIds = fresh.flatMap(({ insertId }) => (insertId === undefined ? [] : [insertId]));
      tables.append(name, { at: now, insertIds, rows: fresh.map(({ row }) => row) });
    }
  };

  return { "POST /bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}/insertAll": insertAll };
}
