import { LoggingProjectSink } from "@cdktf/provider-google/lib/logging-project-sink";
import { Construct } from "constructs";

import { nameInStack } from "./identity";
import type { ITopic } from "./topic";

export interface LogSinkProps {
  /** Name within the project. */
  readonly sinkName: string;

  /** Topic that log entries are published to, each as JSON. */
  readonly topic: ITopic;

  /** Logging filter of the entries. */
  readonly filter: string;
}

/** Publishes log entries as messages. The sink writes with an identity of its own, which gets to publish on the topic. */
export class LogSink extends Construct {
  constructor(scope: Construct, id: string, props: LogSinkProps) {
    super(scope, id);
    const sink = new LoggingProjectSink(this, "Resource", {
      name: props.sinkName,
      destination: `pubsub.googleapis.com/${props.topic.topicId}`,
      filter: props.filter,
      uniqueWriterIdentity: true,
    });
    props.topic.grantPublish({ name: nameInStack(this), member: sink.writerIdentity });
  }
}
