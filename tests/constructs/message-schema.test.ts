import { PubsubSchema } from "@cdktf/provider-google/lib/pubsub-schema";

import type { AvroRecord } from "../../constructs/avro";
import { MessageSchema } from "../../constructs/message-schema";
import { reference, resolve, templateOf, testStack } from "../support/template";

const record: AvroRecord = { type: "record", name: "Event", fields: [{ name: "customer", type: "string" }] };

test("a schema is the record as AVRO", () => {
  const template = templateOf((stack) => new MessageSchema(stack, "Schema", { schemaName: "events", record }));
  expect(template.counts).toEqual({ google_pubsub_schema: 1 });
  expect(template.only(PubsubSchema)).toEqual({
    name: "events",
    type: "AVRO",
    definition: '{"type":"record","name":"Event","fields":[{"name":"customer","type":"string"}]}',
  });
});

test("topics refer to the schema, so that they wait for it", () => {
  const stack = testStack();
  const { schemaId } = new MessageSchema(stack, "Schema", { schemaName: "events", record });
  expect(resolve(stack, schemaId)).toEqual(reference(PubsubSchema, "id"));
});
