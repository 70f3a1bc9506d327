import { parseJson } from "../values/json";
import { isList, isObject, text, type Value, type ValueObject } from "../values/value";

/**
 * Whether BigQuery can bring a table from one schema to another and keep its rows: columns may come, unless they are required, and
 * may become optional; they do not go, get another name or another type.
 * Source: https://cloud.google.com/bigquery/docs/managing-table-schemas
 * @param before JSON, as the argument `schema` has it
 */
export function canAlterSchema(before: Value | undefined, after: Value | undefined): boolean {
  const old = columnsIn(before);
  const planned = columnsIn(after);
  return old === undefined || planned === undefined || canAlter(old, planned);
}

function canAlter(before: readonly ValueObject[], after: readonly ValueObject[]): boolean {
  const find = (columns: readonly ValueObject[], name: string) => columns.find((column) => nameOf(column) === name);
  const kept = before.every((old) => {
    const column = find(after, nameOf(old));
    return column !== undefined && canAlterColumn(old, column);
  });
  const added = after.filter((column) => !find(before, nameOf(column)));
  return kept && added.every((column) => modeOf(column) !== "REQUIRED");
}

function canAlterColumn(old: ValueObject, column: ValueObject): boolean {
  const mode = [modeOf(old), modeOf(column)];
  const sameMode = mode[0] === mode[1] || (mode[0] === "REQUIRED" && mode[1] === "NULLABLE");
  return typeOf(old) === typeOf(column) && sameMode && canAlter(fieldsOf(old), fieldsOf(column));
}

function columnsIn(schema: Value | undefined): readonly ValueObject[] | undefined {
  try {
    const columns = typeof schema === "string" ? parseJson(schema) : undefined;
    return isList(columns) ? columns.filter(isObject) : undefined;
  } catch {
    return undefined;
  }
}

/** BigQuery does not tell names apart by case. */
function nameOf(column: ValueObject): string {
  return (text(column, "name") ?? "").toLowerCase();
}

function modeOf(column: ValueObject): string {
  return (text(column, "mode") ?? "NULLABLE").toUpperCase();
}

const synonyms: Readonly<Record<string, string>> = {
  INTEGER: "INT64",
  FLOAT: "FLOAT64",
  BOOLEAN: "BOOL",
  RECORD: "STRUCT",
};

function typeOf(column: ValueObject): string {
  const type = (text(column, "type") ?? "").toUpperCase();
  return synonyms[type] ?? type;
}

function fieldsOf({ fields }: ValueObject): readonly ValueObject[] {
  return isList(fields) ? fields.filter(isObject) : [];
}
