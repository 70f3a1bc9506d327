import { crc32c } from "../../tools/sandbox/types/crc32c";
import { serviceAgent } from "../../tools/sandbox/types/foundation";
import { gatewayOf, holdsRange } from "../../tools/sandbox/types/ip-range";
import { canAlterSchema } from "../../tools/sandbox/types/table-schema";
import { ProjectNumbers } from "../../tools/sandbox/project";
import { UNKNOWN } from "../../tools/sandbox/values/value";
import { fillTemplate, readTemplate, resolveReference } from "../../tools/sandbox/types/template";

const topic = "projects/{project}/topics/{name}";

test("a template makes an id and reads it back", () => {
  const args = { project: "acme", name: "events" };

  expect(fillTemplate(topic, args)).toBe("projects/acme/topics/events");
  expect(readTemplate(topic, "projects/acme/topics/events")).toEqual(args);
  expect(readTemplate(topic, "events")).toBeUndefined();
  expect(fillTemplate("{router:last}/{name}", { router: "projects/acme/routers/ml", name: "nat" })).toBe("ml/nat");
  expect(() => fillTemplate(topic, { project: "acme" })).toThrow(`the id '${topic}' needs 'name', which is not set`);
});

test.each([
  "events",
  "topics/events",
  "projects/acme/topics/events",
  "//pubsub.googleapis.com/projects/acme/topics/events",
  "https://pubsub.googleapis.com/v1/projects/acme/topics/events",
])("%s means a topic of the project", (reference) => {
  expect(resolveReference(topic, reference, { project: "acme" })).toBe("projects/acme/topics/events");
});

test("a reference that leaves out what nothing else says means nothing", () => {
  expect(resolveReference(topic, "events", {})).toBeUndefined();
});

test("checksums are those of the standard's example", () => {
  expect(crc32c(Buffer.from("123456789")).toString("hex")).toBe("e3069283");
  expect(crc32c(Buffer.alloc(0)).toString("hex")).toBe("00000000");
});

test("a project has the number that was given, or always the same 12 digits", () => {
  const numbers = new ProjectNumbers({ acme: "123456789012" });

  expect(numbers.of("acme")).toBe("123456789012");
  expect(numbers.of("other")).toMatch(/^[1-9]\d{11}$/);
  expect(numbers.of("other")).toBe(new ProjectNumbers().of("other"));
  expect(numbers.of("another")).not.toBe(numbers.of("other"));
  expect(numbers.idOf("123456789012")).toBe("acme");
  expect(numbers.idOf(numbers.of("other"))).toBe("other");
  expect(numbers.idOf("acme")).toBe("acme");
});

test.each([
  ["pubsub.googleapis.com", "service-1@gcp-sa-pubsub.iam.gserviceaccount.com"],
  ["run.googleapis.com", "service-1@serverless-robot-prod.iam.gserviceaccount.com"],
  ["bigquery.googleapis.com", "bq-1@bigquery-encryption.iam.gserviceaccount.com"],
])("the agent of %s is %s", (service, email) => {
  expect(serviceAgent(service, "1")).toBe(email);
});

const id = { name: "id", type: "STRING", mode: "REQUIRED" };
const at = { name: "at", type: "TIMESTAMP" };
const place = { name: "place", type: "RECORD", fields: [{ name: "city", type: "STRING" }] };

test.each([
  ["is the same in another order", [id, at], [at, id]],
  ["has a column more", [id], [id, at]],
  ["has a column that became optional", [id], [{ ...id, mode: "NULLABLE" }]],
  ["has another description", [id], [{ ...id, description: "Of a customer" }]],
  ["writes a type in another way", [place], [{ ...place, type: "STRUCT" }]],
])("a table keeps its rows when its schema %s", (_, before, after) => {
  expect(canAlterSchema(JSON.stringify(before), JSON.stringify(after))).toBe(true);
});

test.each([
  ["lost a column", [id, at], [id]],
  ["has a column renamed", [at], [{ ...at, name: "time" }]],
  ["has a column of another type", [at], [{ ...at, type: "DATE" }]],
  ["has a column that became required", [at], [{ ...at, mode: "REQUIRED" }]],
  ["has a new column that is required", [at], [at, id]],
  ["lost a field inside of a column", [place], [{ ...place, fields: [] }]],
])("a table is made anew when its schema %s", (_, before, after) => {
  expect(canAlterSchema(JSON.stringify(before), JSON.stringify(after))).toBe(false);
});

test.each([null, UNKNOWN, "", "{"])("a schema that cannot be read, %s, decides nothing", (schema) => {
  expect(canAlterSchema("[]", schema)).toBe(true);
});

test("ranges of addresses hold each other, or do not", () => {
  expect(holdsRange("10.0.0.0/16", "10.0.4.0/24")).toBe(true);
  expect(holdsRange("10.0.4.0/24", "10.0.0.0/16")).toBe(false);
  expect(holdsRange("10.0.0.0/24", "10.0.1.0/24")).toBe(false);
  expect(holdsRange("", "10.0.1.0/24")).toBe(true);
  expect(gatewayOf("10.0.4.0/24")).toBe("10.0.4.1");
  expect(gatewayOf("")).toBe("");
});
