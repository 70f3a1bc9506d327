import type { DuckDBResultReader, DuckDBType, DuckDBValue, Json } from "@duckdb/node-api";

import type { Field } from "./schema";
import { invalid } from "./sql";

interface Cell {
  readonly v: unknown;
}

/** Rows of a result as BigQuery's REST API writes them. */
export interface QueryResult {
  readonly schema: { readonly fields: readonly Field[] };
  readonly rows: readonly { readonly f: readonly Cell[] }[];
}

const types: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UBIGINT|UINTEGER|UHUGEINT)$/, "INTEGER"],
  [/^(DOUBLE|FLOAT)$/, "FLOAT"],
  [/^DECIMAL/, "NUMERIC"],
  [/^BOOLEAN$/, "BOOLEAN"],
  [/^TIMESTAMP WITH TIME ZONE$/, "TIMESTAMP"],
  [/^TIMESTAMP/, "DATETIME"],
  [/^DATE$/, "DATE"],
  [/^TIME$/, "TIME"],
  [/^BLOB$/, "BYTES"],
  [/^JSON$/, "JSON"],
];

/** @param names of the columns; the engine's own where not given */
export function encodeResult(
  result: DuckDBResultReader,
  names: readonly string[] | undefined,
  int64Timestamps: boolean,
): QueryResult {
  const columnTypes = result.columnTypes();
  const columns = result.columnNames().map((name, index) => names?.[index] ?? name);
  const fields = columns.map((name, index) => fieldOf(name, columnTypes[index]!));
  const json = result.getRowsJson();
  const raw = result.getRows();
  const rows = json.map((row, at) => ({
    f: row.map((value, index) => ({ v: encode(fields[index]!, value, raw[at]![index] ?? null, int64Timestamps) })),
  }));
  return { schema: { fields }, rows };
}

/** Columns of a struct or array, inside out. */
function fieldOf(name: string, type: DuckDBType): Field {
  const text = String(type);
  if ("valueType" in type && text.endsWith("]")) {
    return { ...fieldOf(name, type.valueType), mode: "REPEATED" };
  }
  if ("entryNames" in type && text.startsWith("STRUCT")) {
    const fields = type.entryNames.map((entry, index) => fieldOf(entry, type.entryTypes[index]!));
    return { name, type: "RECORD", mode: "NULLABLE", fields };
  }
  const found = types.find(([pattern]) => pattern.test(text));
  return { name, type: found?.[1] ?? "STRING", mode: "NULLABLE" };
}

/** Source: https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query: every value is a text, times are seconds. */
function encode(field: Field, value: Json, raw: DuckDBValue, int64Timestamps: boolean): unknown {
  if (value === null) {
    return field.mode === "REPEATED" ? [] : null;
  }
  if (field.mode === "REPEATED") {
    const items = value as Json[];
    return items.map((item) => ({ v: encode({ ...field, mode: "NULLABLE" }, item, null, int64Timestamps) }));
  }
  switch (field.type) {
    case "RECORD": {
      const entries = value as Record<string, Json>;
      return {
        f: (field.fields ?? []).map((inner) => ({
          v: encode(inner, entries[inner.name] ?? null, null, int64Timestamps),
        })),
      };
    }
    case "TIMESTAMP": {
      const micros = timeOf(String(value), raw);
      return int64Timestamps ? String(micros) : exponential(micros);
    }
    case "FLOAT":
      if (value === "Infinity" || value === "-Infinity" || value === "NaN") {
        throw invalid("division by zero, or a value that is not finite, which the sandbox cannot tell apart");
      }
      return String(value);
    default:
      return typeof value === "object" ? JSON.stringify(value) : String(value);
  }
}

/** Microseconds since 1970. */
function timeOf(text: string, raw: DuckDBValue): bigint {
  if (typeof raw === "object" && raw !== null && "micros" in raw) {
    return (raw as { micros: bigint }).micros;
  }
  const [, seconds = "", fraction = ""] = /^(.{19})(?:\.(\d+))?/.exec(text) ?? [];
  return BigInt(Date.parse(`${seconds.replace(" ", "T")}Z`)) * 1_000n + BigInt(fraction.padEnd(6, "0"));
}

/** `1.7672256E9` */
function exponential(micros: bigint): string {
  const [digits = "0", power = "+0"] = (Number(micros) / 1e6).toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${power.replace("+", "")}`;
}
