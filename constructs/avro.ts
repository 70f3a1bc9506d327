import type { Column, ColumnType } from "./table";

/** An AVRO type, as far as it has a BigQuery column: a name, or an object with a logical type. */
export type AvroType = string | { readonly type: string; readonly logicalType?: string };

/** A field of a record. A union with `null` makes it optional. */
export interface AvroField {
  readonly name: string;
  readonly type: AvroType | readonly AvroType[];
  readonly doc?: string;
}

/** An AVRO record: the schema of a message. */
export interface AvroRecord {
  readonly type: "record";
  readonly name: string;
  readonly fields: readonly AvroField[];
}

/*
 * Source: "Schema compatibility" of BigQuery subscriptions in the Pub/Sub documentation, read 2026-08.
 */
const columnTypes: Readonly<Record<string, ColumnType>> = {
  string: "STRING",
  enum: "STRING",
  bytes: "BYTES",
  int: "INTEGER",
  long: "INTEGER",
  float: "FLOAT",
  double: "FLOAT",
  boolean: "BOOLEAN",
  "timestamp-micros": "TIMESTAMP",
  date: "DATE",
};

/**
 * The columns of a table that takes messages of a schema. All of them may be null, also those that no message leaves out: BigQuery
 * does not let a table get a required column later. Throws where a type has no column.
 */
export function columnsOf(record: AvroRecord): Column[] {
  return record.fields.map((field) => {
    const union = Array.isArray(field.type) ? (field.type as readonly AvroType[]) : [field.type as AvroType];
    const [type, ...others] = union.filter((member) => member !== "null");
    const kind = typeof type === "string" ? type : (type?.logicalType ?? type?.type);
    const column =
      others.length === 0 && kind !== undefined && Object.hasOwn(columnTypes, kind) ? columnTypes[kind] : undefined;
    if (column === undefined) {
      throw new Error(
        `${record.name}.${field.name}: type must be one of ${Object.keys(columnTypes).join(", ")}, or a union of one with null, got ${JSON.stringify(field.type)}`,
      );
    }
    return {
      name: field.name,
      type: column,
      mode: "NULLABLE",
      ...(field.doc !== undefined && { description: field.doc }),
    };
  });
}
