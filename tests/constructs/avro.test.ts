import { type AvroField, columnsOf } from "../../constructs/avro";

const column = (type: AvroField["type"], doc?: string) =>
  columnsOf({ type: "record", name: "Event", fields: [{ name: "f", type, ...(doc !== undefined && { doc }) }] })[0];

test.each([
  ["string", "STRING"],
  ["bytes", "BYTES"],
  ["int", "INTEGER"],
  ["long", "INTEGER"],
  ["float", "FLOAT"],
  ["double", "FLOAT"],
  ["boolean", "BOOLEAN"],
])("%s becomes %s", (type, columnType) => {
  expect(column(type)).toEqual({ name: "f", type: columnType, mode: "NULLABLE" });
});

test.each([
  ["long", "timestamp-micros", "TIMESTAMP"],
  ["int", "date", "DATE"],
])("%s with the logical type %s becomes %s", (type, logicalType, columnType) => {
  expect(column({ type, logicalType })).toEqual({ name: "f", type: columnType, mode: "NULLABLE" });
});

test("an object without a logical type becomes what its type becomes", () => {
  expect(column({ type: "enum" })).toMatchObject({ type: "STRING" });
});

test.each([[["null", "string"]], [["string", "null"]]])("a union with null is optional, in any order", (union) => {
  expect(column(union)).toEqual({ name: "f", type: "STRING", mode: "NULLABLE" });
});

test("a union of one type is that type", () => {
  expect(column(["long"])).toMatchObject({ type: "INTEGER", mode: "NULLABLE" });
});

test("documentation of a field describes the column", () => {
  expect(column("string", "Id of the customer")).toMatchObject({ description: "Id of the customer" });
});

test("columns keep the order of the fields", () => {
  const fields = ["b", "a", "c"].map((name) => ({ name, type: "string" }));
  expect(columnsOf({ type: "record", name: "Event", fields }).map(({ name }) => name)).toEqual(["b", "a", "c"]);
});

test.each<[AvroField["type"], string]>([
  ["map", '"map"'],
  ["null", '"null"'],
  [["null"], '["null"]'],
  [[], "[]"],
  [["string", "long"], '["string","long"]'],
  [["null", "string", "long"], '["null","string","long"]'],
  [{ type: "bytes", logicalType: "decimal" }, '{"type":"bytes","logicalType":"decimal"}'],
  [{ type: "record" }, '{"type":"record"}'],
])("%j has no column", (type, shown) => {
  expect(() => column(type)).toThrow(
    new Error(
      `Event.f: type must be one of string, enum, bytes, int, long, float, double, boolean, timestamp-micros, date, or a union of one with null, got ${shown}`,
    ),
  );
});
