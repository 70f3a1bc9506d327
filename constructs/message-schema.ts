import { PubsubSchema } from "@cdktf/provider-google/lib/pubsub-schema";
import { Construct } from "constructs";

import type { AvroRecord } from "./avro";

export interface MessageSchemaProps {
  /** Name within the project. */
  readonly schemaName: string;

  /** AVRO record that every message must be. */
  readonly record: AvroRecord;
}

/** A Pub/Sub schema: a topic that has one refuses every other message. */
export class MessageSchema extends Construct {
  /** `projects/{project}/schemas/{name}` */
  readonly schemaId: string;

  constructor(scope: Construct, id: string, props: MessageSchemaProps) {
    super(scope, id);
    const schema = new PubsubSchema(this, "Resource", {
      name: props.schemaName,
      type: "AVRO",
      definition: JSON.stringify(props.record),
    });
    this.schemaId = schema.id;
  }
}
