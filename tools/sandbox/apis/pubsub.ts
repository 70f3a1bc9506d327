import { z } from "zod";

import { isList, isObject, text, type ValueObject } from "../values/value";
import { readBody } from "./body";
import type { Context } from "./context";
import { ApiError } from "./error";
import type { Call, Routes } from "./http";
import { requireApi } from "./vertex/names";

const messageBody = z.strictObject({
  data: z.base64().optional(),
  attributes: z.record(z.string(), z.string()).optional(),
  orderingKey: z.string().optional(),
});

const publishBody = z.strictObject({ messages: z.array(messageBody).min(1) });
const pullBody = z.strictObject({ maxMessages: z.number().int().min(1), returnImmediately: z.boolean().optional() });
const acknowledgeBody = z.strictObject({ ackIds: z.array(z.string()).min(1) });

/** A message of a topic, as it is delivered. */
export type PubsubMessage = z.infer<typeof messageBody> & { readonly messageId: string; readonly publishTime: string };

/** Told of every message, with the topic's name `projects/{id}/topics/{topic}`. */
export type TopicListener = (topic: string, message: PubsubMessage) => void;

interface Waiting {
  readonly message: PubsubMessage;
  /** Hidden until then, since someone pulled it. */
  readonly hiddenUntil: number;
  readonly attempts: number;
}

const kind = "message";

/** Topics and pull subscriptions. Source: google/pubsub/v1/pubsub.proto */
export class Pubsub {
  private readonly listeners: TopicListener[] = [];

  constructor(private readonly context: Context) {}

  /** Delivers to what is pushed to: a trigger of a workflow, for one. */
  onMessage(listener: TopicListener): void {
    this.listeners.push(listener);
  }

  readonly routes: Routes = {
    "POST /v1/projects/{project}/topics/{topic}:publish": (call) => this.publish(call),
    "POST /v1/projects/{project}/subscriptions/{subscription}:pull": (call) => this.pull(call),
    "POST /v1/projects/{project}/subscriptions/{subscription}:acknowledge": (call) => this.acknowledge(call),
  };

  private publish(call: Call): object {
    const { store, clock, cloud } = this.context;
    const topic = this.resource(call, "google_pubsub_topic", "topics", "topic");
    const { messages } = readBody(call, publishBody);
    if (messages.some(({ data = "", attributes = {} }) => data === "" && Object.keys(attributes).length === 0)) {
      throw new ApiError(
        "INVALID_ARGUMENT",
        "One or more messages in the publish request is empty. Each message must contain either non-empty data, or at least one attribute.",
      );
    }
    const subscriptions = cloud.list("google_pubsub_subscription").filter(({ values }) => isOf(values, topic.id));
    const messageIds = messages.map((body) => {
      const count = (store.get<number>("counter", "message") ?? 0) + 1;
      store.put("counter", "message", count);
      const message: PubsubMessage = {
        ...body,
        messageId: String(count),
        publishTime: new Date(clock.now()).toISOString(),
      };
      for (const { id } of subscriptions) {
        const waiting: Waiting = { message, hiddenUntil: 0, attempts: 0 };
        store.put(kind, `${id}/${String(count).padStart(12, "0")}`, waiting);
      }
      this.listeners.forEach((listener) => {
        listener(topic.id, message);
      });
      return message.messageId;
    });
    return { messageIds };
  }

  private pull(call: Call): object {
    const { store, clock } = this.context;
    const subscription = this.resource(call, "google_pubsub_subscription", "subscriptions", "subscription");
    const { maxMessages } = readBody(call, pullBody);
    const deadline = Number(subscription.values["ack_deadline_seconds"] ?? 10) * 1_000;
    const ready = store
      .list<Waiting>(kind, `${subscription.id}/`)
      .filter(([, { hiddenUntil }]) => hiddenUntil <= clock.now())
      .slice(0, maxMessages);
    const receivedMessages = ready.map(([name, waiting]) => {
      store.put(kind, name, { ...waiting, hiddenUntil: clock.now() + deadline, attempts: waiting.attempts + 1 });
      return { ackId: Buffer.from(name).toString("base64url"), message: waiting.message };
    });
    return { ...(receivedMessages.length > 0 && { receivedMessages }) };
  }

  private acknowledge(call: Call): object {
    const subscription = this.resource(call, "google_pubsub_subscription", "subscriptions", "subscription");
    for (const ackId of readBody(call, acknowledgeBody).ackIds) {
      const name = Buffer.from(ackId, "base64url").toString();
      if (!name.startsWith(`${subscription.id}/`)) {
        throw new ApiError("INVALID_ARGUMENT", "You have passed an invalid ack ID to the service.");
      }
      this.context.store.delete(kind, name);
    }
    return {};
  }

  private resource(
    call: Call,
    type: string,
    collection: string,
    parameter: string,
  ): { id: string; values: ValueObject } {
    const project = this.context.numbers.idOf(call.params["project"]!);
    requireApi(this.context, project, "pubsub.googleapis.com", "Cloud Pub/Sub API");
    const name = call.params[parameter]!;
    const found = this.context.cloud.get(type, `projects/${project}/${collection}/${name}`);
    if (!found) {
      throw new ApiError("NOT_FOUND", `Resource not found (resource=${name}).`);
    }
    return found;
  }
}

/** Whether a subscription is one of a topic that messages wait for: those with a push target have none waiting. */
function isOf(values: ValueObject, topic: string): boolean {
  const push = values["push_config"];
  const config = isList(push) ? push[0] : push;
  const isPush = isObject(config) && text(config, "push_endpoint") !== undefined;
  const named = text(values, "topic") ?? "";
  return !isPush && (named === topic || topic.endsWith(`/topics/${named}`));
}
