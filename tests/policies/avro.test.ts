import { isAvroRecord } from "../../policies/avro";

const record = (...types: readonly unknown[]) => ({
  type: "record",
  name: "Event",
  fields: types.map((type, index) => ({ name: `f${index}`, type })),
});

test("a record of every kind of type is one, also of types that were named before", () => {
  const colour = { type: "enum", name: "acme.Colour", symbols: ["RED"] };
  expect(
    isAvroRecord(
      record(
        "string",
        ["null", "long"],
        { type: "long", logicalType: "timestamp-micros" },
        { type: "array", items: { type: "map", values: "bytes" } },
        { type: "fixed", name: "Hash", size: 16 },
        colour,
        "acme.Colour",
        "Colour",
        record("int"),
        "Event",
      ),
    ),
  ).toBe(true);
});

test.each([
  ["no record at the top", { type: "string" }],
  ["text", "string"],
  ["nothing", undefined],
  ["no name", { type: "record", fields: [] }],
  ["a name with a space", { ...record(), name: "My Event" }],
  ["no fields", { type: "record", name: "Event" }],
  ["fields of no kind", { type: "record", name: "Event", fields: ["f"] }],
  ["an unknown type", record("strng")],
  ["a field without a type", record(undefined)],
  ["an unknown type inside", record({ type: "array", items: ["null", "strng"] })],
  ["an empty union", record([])],
  ["an enum of nothing", record({ type: "enum", name: "E", symbols: [] })],
  ["a fixed of no size", record({ type: "fixed", name: "F" })],
  ["a field twice", { ...record(), fields: ["int", "long"].map((type) => ({ name: "a", type })) }],
])("%s is refused", (_, schema) => {
  expect(isAvroRecord(schema)).toBe(false);
});

test("a schema that is deeper than the stack does not throw", () => {
  const deep = JSON.parse(`${'{"type":'.repeat(5000)}"string"${"}".repeat(5000)}`) as unknown;
  expect(isAvroRecord(record(deep))).toBe(true);
});
