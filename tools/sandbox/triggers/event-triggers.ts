import type { CloudStore } from "../apis/context";
import type { Executions } from "../apis/executions";
import type { PubsubMessage } from "../apis/pubsub";
import { text } from "../values/value";
import { blocksOf } from "./blocks";
import type { LeftAlone } from "./left-alone";

const messagePublished = "google.cloud.pubsub.topic.v1.messagePublished";

/** Triggers of Eventarc: a message of a topic starts a workflow, once for every trigger. */
export class EventTriggers {
  constructor(
    private readonly cloud: CloudStore,
    private readonly executions: Pick<Executions, "create">,
    private readonly leftAlone: LeftAlone,
  ) {}

  /** @param topic `projects/{project}/topics/{topic}` */
  deliver(topic: string, message: PubsubMessage): void {
    for (const { id, values } of this.cloud.list("google_eventarc_trigger")) {
      const pubsub = blocksOf(values, "transport").flatMap((transport) => blocksOf(transport, "pubsub"))[0];
      const workflow = blocksOf(values, "destination").map((destination) => text(destination, "workflow"))[0];
      const types = blocksOf(values, "matching_criteria").map((criterion) => text(criterion, "value"));
      if (!pubsub || text(pubsub, "topic") !== topic || !types.includes(messagePublished)) {
        continue;
      }
      if (workflow === undefined) {
        this.leftAlone.add(id, "its destination is not a workflow");
        continue;
      }
      const subscription = text(pubsub, "subscription") ?? `${topic.replace("/topics/", "/subscriptions/eventarc-")}`;
      try {
        this.executions.create(workflow, { argument: JSON.stringify(event(topic, subscription, message)), labels: {} });
      } catch (error) {
        this.leftAlone.add(id, `its workflow was not started: ${(error as Error).message}`);
      }
    }
  }
}

/** A message as a workflow gets it. Source: https://cloud.google.com/eventarc/docs/workflows/route-trigger-cloud-pubsub */
function event(topic: string, subscription: string, message: PubsubMessage): object {
  return {
    specversion: "1.0",
    id: message.messageId,
    source: `//pubsub.googleapis.com/${topic}`,
    type: messagePublished,
    datacontenttype: "application/json",
    time: message.publishTime,
    data: { message, subscription },
  };
}
