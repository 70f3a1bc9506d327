import { avro, problems, team } from "../support/project";

const schema = (content: string) =>
  problems({
    "teams/churn/team.yaml": team("ingestion:\n  streams:\n    events: { schema: event.avsc }\n"),
    "teams/churn/event.avsc": content,
  });
const field = (type: unknown) => schema(avro({ name: "a", type }));

test.each([
  "string",
  "int",
  "long",
  "float",
  "double",
  "boolean",
  "bytes",
  { type: "string" },
  { type: "enum", name: "Kind", symbols: ["A"] },
  { type: "long", logicalType: "timestamp-micros" },
  { type: "int", logicalType: "date" },
  ["null", "string"],
  ["string", "null"],
  ["null", { type: "long", logicalType: "timestamp-micros" }],
])("a field of type %j passes", (type) => {
  expect(field(type)).toEqual([]);
});

test.each([
  ["strng", "1:62 fields[0].type: must be a type that fits a column, got 'strng', did you mean 'string'?"],
  ["null", "1:62 fields[0].type: must be a type that fits a column, got 'null',"],
  [{ type: "array", items: "string" }, "1:55 fields[0].type: must be a type that fits a column, got 'array',"],
  [{ type: "record", name: "R", fields: [] }, "1:55 fields[0].type: must be a type that fits a column, got 'record',"],
  [5, "1:62 fields[0].type: must be a type that fits a column, got '5',"],
  [{}, "1:55 fields[0].type: must be a type that fits a column, got a mapping,"],
])("a field of type %j is refused", (type, message) => {
  expect(field(type)).toEqual([
    `teams/churn/event.avsc:${message} allowed: string, int, long, float, double, boolean, bytes, enum, timestamp-micros, date`,
  ]);
});

test("a union is of null and one type", () => {
  expect(field(["null", "string", "int"])).toEqual([
    "teams/churn/event.avsc:1:62 fields[0].type: must be a union of null and one type, got null, string, int: a column has one type",
  ]);
  expect(field(["null"])).toEqual([
    "teams/churn/event.avsc:1:62 fields[0].type: must be a union of null and one type, got null: a column has one type",
  ]);
});

test("logical types stand on their type", () => {
  expect(field({ type: "string", logicalType: "timestamp-micros" })).toEqual([
    "teams/churn/event.avsc:1:93 fields[0].type.logicalType: must stand on type 'long', got 'timestamp-micros' on 'string'",
  ]);
  expect(field({ type: "bytes", logicalType: "decimal" })).toEqual([
    "teams/churn/event.avsc:1:92 fields[0].type.logicalType: must be one of timestamp-micros, date, got 'decimal'",
  ]);
});

test("an enum has symbols", () => {
  expect(field({ type: "enum", name: "Kind" })).toEqual([
    "teams/churn/event.avsc:1:62 fields[0].type.symbols: must be a list with at least one symbol, got none",
  ]);
});

test("a schema is a record with a name and fields", () => {
  expect(schema('{ "type": "string" }')).toEqual([
    "teams/churn/event.avsc:1:11 type: must be 'record', got 'string': a message is a record with fields",
  ]);
  expect(schema("[]")).toEqual(["teams/churn/event.avsc:1:1: must be a mapping, got a list"]);
  expect(schema('{ "type": "record", "fields": {} }')).toEqual([
    "teams/churn/event.avsc:1:1 name: is missing: the record's name",
    "teams/churn/event.avsc:1:31 fields: must be a list with at least one field, got none",
  ]);
});

test("names of fields can be names of columns", () => {
  expect(
    schema(
      avro(
        { name: "a-b", type: "int" },
        { name: "a", type: "int" },
        { name: "A", type: "int" },
        { type: "int" },
        { name: "b" },
      ),
    ),
  ).toEqual([
    "teams/churn/event.avsc:1:51 fields[0].name: must be a name of letters, digits and '_', not starting with a digit, got 'a-b'",
    "teams/churn/event.avsc:1:105 fields[2].name: must be a name of its own, got 'A' as in line 1: columns differ by more than case",
    "teams/churn/event.avsc:1:123 fields[3].name: must be a name of letters, digits and '_', not starting with a digit, got nothing",
    "teams/churn/event.avsc:1:138 fields[4].type: is missing: the field's type",
  ]);
});

test("a schema is a JSON file", () => {
  expect(
    problems({
      "teams/churn/team.yaml": team("ingestion:\n  streams:\n    events: { schema: event.proto }\n"),
      "teams/churn/event.proto": "message Event {}",
    }),
  ).toEqual([
    "teams/churn/team.yaml:6:23 ingestion.streams.events.schema: must be an .avsc or .json file, got 'event.proto'",
  ]);
});

test("a field must not be called as a column that Pub/Sub adds", () => {
  expect(
    problems({
      "teams/churn/team.yaml": team("ingestion:\n  streams:\n    events: { schema: event.avsc }\n"),
      "teams/churn/event.avsc":
        '{ "type": "record", "name": "E", "fields": [{ "name": "publish_time", "type": "string" }] }',
    }),
  ).toEqual([
    "teams/churn/event.avsc:1:55 fields[0].name: must not be one of subscription_name, message_id, publish_time, attributes, got 'publish_time': Pub/Sub adds a column of that name to the table",
  ]);
});
