/** A column, as BigQuery's REST API has it. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly mode?: string;
  readonly fields?: readonly Field[];
}

export type Row = Readonly<Record<string, unknown>>;

/** What is wrong with a row. */
export interface RowError {
  readonly location: string;
  readonly message: string;
}

const engineTypes: Readonly<Record<string, string>> = {
  STRING: "VARCHAR",
  BYTES: "BLOB",
  INTEGER: "BIGINT",
  INT64: "BIGINT",
  FLOAT: "DOUBLE",
  FLOAT64: "DOUBLE",
  NUMERIC: "DECIMAL(38,9)",
  BOOLEAN: "BOOLEAN",
  BOOL: "BOOLEAN",
  TIMESTAMP: "TIMESTAMPTZ",
  DATETIME: "TIMESTAMP",
  DATE: "DATE",
  TIME: "TIME",
  JSON: "JSON",
};

/** The engine's type of a column; `undefined` for a type that it does not have. */
export function engineType({ type, mode, fields = [] }: Field): string | undefined {
  const isStruct = type === "RECORD" || type === "STRUCT";
  const inner = fields.map((field) => [field.name, engineType(field)] as const);
  const element = isStruct
    ? inner.every(([, each]) => each !== undefined) &&
      `STRUCT(${inner.map(([name, each]) => `"${name}" ${each!}`).join(", ")})`
    : engineTypes[type];
  return element ? (mode === "REPEATED" ? `${element}[]` : element) : undefined;
}

/** How the engine is to read a column from JSON. */
export function jsonStructure(fields: readonly Field[]): object {
  return Object.fromEntries(
    fields.map((field) => {
      const isStruct = field.type === "RECORD" || field.type === "STRUCT";
      const element = isStruct ? jsonStructure(field.fields ?? []) : engineTypes[field.type];
      return [field.name, field.mode === "REPEATED" ? [element] : element];
    }),
  );
}

/** A row with its values in the form that is kept, or what is wrong with it. The texts are those of `tabledata.insertAll`. */
export function checkRow(fields: readonly Field[], row: Row, path = ""): { row: Row; errors: readonly RowError[] } {
  const errors: RowError[] = [];
  const known = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    const location = path + name;
    const field = known.get(name.toLowerCase());
    if (!field) {
      errors.push({ location, message: `no such field: ${location}.` });
    } else if (field.mode === "REPEATED") {
      const items = Array.isArray(value) ? (value as unknown[]) : undefined;
      const checked = (items ?? []).map((item) => checkValue(field, item, location));
      errors.push(...checked.flatMap((each) => each.errors));
      if (value !== null && !items) {
        errors.push({ location, message: `Repeated field must be imported as a JSON array: ${location}.` });
      }
      values[field.name] = checked.map((each) => each.value);
    } else {
      const checked = checkValue(field, value, location);
      errors.push(...checked.errors);
      values[field.name] = checked.value;
    }
  }
  for (const { name, mode } of fields) {
    if (mode === "REQUIRED" && (values[name] === undefined || values[name] === null)) {
      errors.push({ location: path + name, message: `Missing required field: ${path}${name}.` });
    }
  }
  return { row: values, errors };
}

function checkValue(field: Field, value: unknown, location: string): { value: unknown; errors: readonly RowError[] } {
  const bad = (what: string) => ({
    value,
    errors: [{ location, message: `Cannot convert value to ${what} (bad value): ${JSON.stringify(value)}` }],
  });
  if (value === null || value === undefined) {
    return { value: null, errors: [] };
  }
  if (Array.isArray(value) && field.type !== "JSON") {
    return { value, errors: [{ location, message: `Array specified for non-repeated field: ${location}.` }] };
  }
  switch (field.type) {
    case "RECORD":
    case "STRUCT": {
      if (typeof value !== "object") {
        return { value, errors: [{ location, message: `This field: ${location} is not a record.` }] };
      }
      const { row, errors } = checkRow(field.fields ?? [], value as Row, `${location}.`);
      return { value: row, errors };
    }
    case "INTEGER":
    case "INT64":
      return /^-?\d+$/.test(String(value)) ? { value: String(value), errors: [] } : bad("integer");
    case "FLOAT":
    case "FLOAT64":
    case "NUMERIC":
      return value !== "" && !Number.isNaN(Number(value)) ? { value, errors: [] } : bad("floating point");
    case "BOOLEAN":
    case "BOOL":
      return /^(true|false)$/i.test(String(value))
        ? { value: String(value).toLowerCase() === "true", errors: [] }
        : bad("boolean");
    case "TIMESTAMP": {
      const time =
        typeof value === "number" || /^[\d.]+$/.test(String(value))
          ? Number(value) * 1_000
          : Date.parse(String(value).replace(/ UTC$/, "Z"));
      return Number.isNaN(time) ? bad("timestamp") : { value: instant(value, time), errors: [] };
    }
    case "JSON":
      return { value: typeof value === "string" ? (tryJson(value) ?? value) : value, errors: [] };
    default:
      return { value: typeof value === "string" ? value : JSON.stringify(value), errors: [] };
  }
}

/** RFC 3339; the microseconds of a text are kept. */
function instant(given: unknown, milliseconds: number): string {
  const micros = typeof given === "string" ? /\.\d{3}(\d{1,3})/.exec(given)?.[1] : undefined;
  return new Date(milliseconds).toISOString().replace("Z", `${micros ?? ""}Z`);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
