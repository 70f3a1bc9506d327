import { notificationMayPublish } from "../../../tools/sandbox/rules/notification-may-publish";
import { creation, grantOn, worldOf } from "../support/world";

const agent = "service-123456789012@gs-project-accounts.iam.gserviceaccount.com";
const topic = "projects/acme/topics/landing";
const topicExists = `google_pubsub_topic ${topic}`;
const notification = (name = topic) =>
  creation("google_storage_notification", "data/notificationConfigs/1", { bucket: "data", topic: name });
const error =
  `Error creating notification config for bucket data: googleapi: Error 403: The service account '${agent}' does not have ` +
  `permission to publish messages to to the Cloud Pub/Sub topic '//pubsub.googleapis.com/${topic}', or that topic does not ` +
  "exist., forbidden";

test("a topic that Cloud Storage may not publish on refuses the notification", () => {
  expect(notificationMayPublish.check(notification(), worldOf(topicExists))).toEqual({
    error,
    remedy:
      `'topic' is published on by ${agent}: grant it roles/pubsub.publisher with a google_pubsub_topic_iam_member, applied before ` +
      "this resource.",
  });
});

test("so does one that does not exist", () => {
  expect(notificationMayPublish.check(notification(), worldOf())).toEqual({
    error,
    remedy: `'topic' is published on by ${agent}: the topic '${topic}' does not exist: apply the stack that makes it first.`,
  });
});

test.each([topic, `//pubsub.googleapis.com/${topic}`])("a grant is found for %s", (name) => {
  const grant = grantOn("google_pubsub_topic", topic, "roles/pubsub.publisher", `serviceAccount:${agent}`);

  expect(notificationMayPublish.check(notification(name), worldOf(topicExists, grant))).toBeUndefined();
});

test("a topic of a project that the sandbox does not hold is taken to be granted", () => {
  expect(notificationMayPublish.check(notification("projects/other/topics/landing"), worldOf())).toBeUndefined();
});
