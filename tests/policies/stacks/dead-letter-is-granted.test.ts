import { deadLetterIsGranted } from "../../../policies/stacks/dead-letter-is-granted";
import { Stack } from "../../../policies/stack";

const agent = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";
const publisher = { topic: "${google_pubsub_topic.Dead.id}", role: "roles/pubsub.publisher", member: agent };
const subscriber = {
  subscription: "${google_pubsub_subscription.Raw.name}",
  role: "roles/pubsub.subscriber",
  member: agent,
};

function breaches(grants: Readonly<Record<string, unknown>>, elsewhere: Readonly<Record<string, unknown>> = {}) {
  const resource = {
    google_pubsub_topic: { Dead: { name: "dead" } },
    google_pubsub_subscription: {
      Raw: {
        name: "raw",
        topic: "events",
        dead_letter_policy: { dead_letter_topic: "${google_pubsub_topic.Dead.id}" },
      },
    },
    ...grants,
  };
  return deadLetterIsGranted.checkStacks([
    Stack.of("dev-churn-ingestion", { resource }),
    Stack.of("dev-foundation", { resource: elsewhere }),
  ]);
}

const at = { stack: "dev-churn-ingestion", address: "google_pubsub_subscription.Raw" };

test("dead letters that Pub/Sub may not move are found, although Google makes the subscription", () => {
  expect(breaches({})).toEqual([
    {
      ...at,
      message:
        "Pub/Sub's service agent must hold 'roles/pubsub.publisher' on the topic 'dead' to move dead letters: add the grant",
    },
    {
      ...at,
      message:
        "Pub/Sub's service agent must hold 'roles/pubsub.subscriber' on this subscription to move dead letters: add the grant",
    },
  ]);
});

test("both grants are enough, by reference or by name, in this stack or another", () => {
  expect(
    breaches({
      google_pubsub_topic_iam_member: { P: publisher },
      google_pubsub_subscription_iam_member: { S: subscriber },
    }),
  ).toEqual([]);
  expect(
    breaches(
      { google_pubsub_subscription_iam_member: { S: subscriber } },
      {
        google_pubsub_topic_iam_binding: {
          P: { topic: "projects/acme/topics/dead", role: "roles/pubsub.publisher", members: [agent] },
        },
      },
    ),
  ).toEqual([]);
  expect(
    breaches({}, { google_project_iam_member: { E: { project: "acme", role: "roles/pubsub.editor", member: agent } } }),
  ).toEqual([]);
});

test.each([
  ["to another account", { ...publisher, member: "serviceAccount:someone@acme.iam.gserviceaccount.com" }],
  ["on another topic", { ...publisher, topic: "events" }],
  ["of another role", { ...publisher, role: "roles/pubsub.viewer" }],
])("a grant %s is not", (_, grant) => {
  const grants = {
    google_pubsub_topic_iam_member: { P: grant },
    google_pubsub_subscription_iam_member: { S: subscriber },
  };
  expect(breaches(grants)).toMatchObject([{ message: expect.stringContaining("'roles/pubsub.publisher'") as string }]);
});

test("a subscription without dead letters needs none", () => {
  expect(
    deadLetterIsGranted.checkStacks([
      Stack.of("dev-x", { resource: { google_pubsub_subscription: { Raw: { name: "raw", topic: "events" } } } }),
    ]),
  ).toEqual([]);
});
