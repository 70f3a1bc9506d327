import { sinkMayWrite } from "../../../policies/stacks/sink-may-write";
import { Stack } from "../../../policies/stack";

function breaches(destination: string, grants: Readonly<Record<string, unknown>> = {}) {
  const resource = { google_logging_project_sink: { Changes: { name: "changes", destination } }, ...grants };
  return sinkMayWrite.checkStacks([Stack.of("dev-churn-registry", { resource })]);
}

const topic = "pubsub.googleapis.com/projects/acme/topics/events";

test("a sink whose writer may not write is found, although Google makes it", () => {
  expect(breaches(topic)).toEqual([
    {
      stack: "dev-churn-registry",
      address: "google_logging_project_sink.Changes",
      message: "the sink's writer_identity must hold a grant on its destination: add one",
    },
  ]);
});

test.each([
  "${google_logging_project_sink.Changes.writer_identity}",
  "serviceAccount:service-123456789012@gcp-sa-logging.iam.gserviceaccount.com",
])("a grant to %s is enough", (member) => {
  const grant = { topic: "events", role: "roles/pubsub.publisher", member };
  expect(breaches(topic, { google_pubsub_topic_iam_member: { P: grant } })).toEqual([]);
});

test("a grant to the writer of another sink is not", () => {
  const member = "${google_logging_project_sink.Other.writer_identity}";
  expect(breaches(topic, { google_pubsub_topic_iam_member: { P: { member } } })).toHaveLength(1);
});

test("a log bucket of the project needs none", () => {
  expect(breaches("logging.googleapis.com/projects/acme/locations/eu/buckets/audit")).toEqual([]);
});
