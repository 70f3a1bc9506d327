import { serviceAgent } from "../types/foundation";
import { text } from "../values/value";
import { lacks, projectPlace } from "./grants";
import { referencesOf } from "./references";
import type { Rule } from "./rule";

export const notificationMayPublish: Rule = {
  id: "notification-may-publish",
  why: "A bucket announces its files only on a topic that exists and that Cloud Storage's service agent may publish on.",
  source:
    "https://cloud.google.com/storage/docs/reporting-changes#prereqs, " +
    "https://github.com/hashicorp/terraform-provider-google/pull/4354",
  wording: "as received",
  check: (change, world) => {
    const isNotification = change.action === "create" && change.type === "google_storage_notification";
    const topic = referencesOf(change.type, change.args, change.project).find(({ argument }) => argument === "topic");
    const project = /^projects\/([^/]+)\//.exec(topic?.id ?? "")?.[1];
    const exists = topic !== undefined && world.cloud.get(topic.type, topic.id) !== undefined;
    if (!isNotification || topic === undefined || project === undefined || (!exists && project !== change.project)) {
      return undefined;
    }
    const publisher = serviceAgent("storage.googleapis.com", world.numbers.of(change.project));
    const places = [{ type: topic.type, id: topic.id }, projectPlace(project)];
    const missing = exists
      ? lacks(publisher, "pubsub.topics.publish", places, world)
      : { remedy: `the topic '${topic.id}' does not exist: apply the stack that makes it first` };
    return missing === undefined
      ? undefined
      : {
          error:
            `Error creating notification config for bucket ${text(change.args, "bucket") ?? ""}: googleapi: Error 403: The service ` +
            `account '${publisher}' does not have permission to publish messages to to the Cloud Pub/Sub topic ` +
            `'//pubsub.googleapis.com/${topic.id}', or that topic does not exist., forbidden`,
          remedy: `'topic' is published on by ${publisher}: ${missing.remedy}.`,
          ...(missing.passes && { passes: true }),
        };
  },
};
