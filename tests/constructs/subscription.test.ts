import { BigqueryDatasetIamMember } from "@cdktf/provider-google/lib/bigquery-dataset-iam-member";
import { PubsubSubscription } from "@cdktf/provider-google/lib/pubsub-subscription";
import { PubsubSubscriptionIamMember } from "@cdktf/provider-google/lib/pubsub-subscription-iam-member";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";

import type { PlatformStack } from "../../constructs/platform-stack";
import { ServiceAgent } from "../../constructs/service-agent";
import { Subscription, type SubscriptionProps } from "../../constructs/subscription";
import { Table } from "../../constructs/table";
import { Topic } from "../../constructs/topic";
import { analysts, dataset, encryptionKey, topic } from "../support/fixtures";
import { addressOf, reference, resolve, templateOf, testStack } from "../support/template";

const make = (stack: PlatformStack, changes: Partial<SubscriptionProps> = {}) =>
  new Subscription(stack, "Events", { subscriptionName: "churn-events-table", topic: topic(stack), ...changes });
const agent = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";

test("a subscription keeps messages for a week, never expires, tries again, and waits for somebody to pull", () => {
  const template = templateOf(make);
  expect(template.counts).toEqual({ google_pubsub_subscription: 1 });
  expect(template.only(PubsubSubscription)).toEqual({
    name: "churn-events-table",
    topic: "projects/acme-ml-dev/topics/churn-events",
    ack_deadline_seconds: 60,
    message_retention_duration: "604800s",
    retain_acked_messages: false,
    expiration_policy: { ttl: "" },
    retry_policy: { minimum_backoff: "10s", maximum_backoff: "600s" },
    depends_on: [],
  });
});

test("messages can be written to a table, with their metadata, once Pub/Sub may", () => {
  const template = templateOf((stack) => {
    const target = dataset(stack);
    const table = new Table(stack, "Table", {
      dataset: target,
      tableId: "events",
      description: "Events",
      columns: [{ name: "publish_time", type: "TIMESTAMP", mode: "NULLABLE" }],
      partitionColumn: "publish_time",
      encryptionKey,
    });
    make(stack, { writeTo: { table, grants: [target.grantWrite(ServiceAgent.of(stack, "pubsub"))] } });
  });
  expect(template.only(PubsubSubscription)).toMatchObject({
    bigquery_config: {
      table: expect.stringMatching(/^acme-ml-dev\.\$\{google_bigquery_table\./) as unknown,
      use_topic_schema: true,
      write_metadata: true,
      drop_unknown_fields: true,
    },
    depends_on: [addressOf(BigqueryDatasetIamMember)],
  });
});

test("messages that cannot be delivered go to a topic, where Pub/Sub's agent may put them", () => {
  const template = templateOf((stack) => {
    const deadLetters = Topic.fromName(stack, "DeadLetters", "churn-dead-letters");
    make(stack, { deadLetter: { topic: deadLetters, maxDeliveryAttempts: 5 } });
  });
  expect(template.counts).toEqual({
    google_pubsub_subscription: 1,
    google_pubsub_topic_iam_member: 1,
    google_pubsub_subscription_iam_member: 1,
  });
  expect(template.only(PubsubSubscription)).toMatchObject({
    dead_letter_policy: {
      dead_letter_topic: "projects/acme-ml-dev/topics/churn-dead-letters",
      max_delivery_attempts: 5,
    },
    depends_on: [addressOf(PubsubTopicIamMember)],
  });
  expect(template.only(PubsubTopicIamMember)).toEqual({
    topic: "projects/acme-ml-dev/topics/churn-dead-letters",
    role: "roles/pubsub.publisher",
    member: agent,
  });
  expect(template.only(PubsubSubscriptionIamMember)).toEqual({
    subscription: reference(PubsubSubscription, "name"),
    role: "roles/pubsub.subscriber",
    member: agent,
  });
});

test.each([4, 101])("giving up after %i deliveries is refused", (maxDeliveryAttempts) => {
  const stack = testStack();
  expect(() => make(stack, { deadLetter: { topic: topic(stack, "DeadLetters"), maxDeliveryAttempts } })).toThrow(
    new Error(`test/Events: 'maxDeliveryAttempts' must be from 5 to 100, got ${maxDeliveryAttempts}`),
  );
});

test.each([
  ["grantConsume", "roles/pubsub.subscriber"],
  ["grantView", "roles/pubsub.viewer"],
] as const)("%s gives %s once, on the subscription alone", (verb, role) => {
  const template = templateOf((stack) => {
    const subscription = make(stack);
    subscription[verb](analysts);
    subscription[verb](analysts);
  });
  expect(template.only(PubsubSubscriptionIamMember)).toEqual({
    subscription: reference(PubsubSubscription, "name"),
    role,
    member: analysts.member,
  });
});

test("what reads the subscription refers to it", () => {
  const stack = testStack();
  expect(resolve(stack, make(stack).subscriptionId)).toEqual(reference(PubsubSubscription, "id"));
});
