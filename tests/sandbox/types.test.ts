import { crc32c } from "../../tools/sandbox/types/crc32c";
import { serviceAgent } from "../../tools/sandbox/types/foundation";
import { ProjectNumbers } from "../../tools/sandbox/project";
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
