import { LoggingProjectSink } from "@cdktf/provider-google/lib/logging-project-sink";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { Construct } from "constructs";

import { LogSink } from "../../constructs/log-sink";
import { topic } from "../support/fixtures";
import { reference, templateOf } from "../support/template";

test("a sink publishes what its filter selects, as an identity of its own that may publish on the topic", () => {
  const template = templateOf(
    (stack) => new LogSink(stack, "Changes", { sinkName: "changes", topic: topic(stack), filter: "severity>=ERROR" }),
  );
  expect(template.counts).toEqual({ google_logging_project_sink: 1, google_pubsub_topic_iam_member: 1 });
  expect(template.only(LoggingProjectSink)).toEqual({
    name: "changes",
    destination: "pubsub.googleapis.com/projects/acme-ml-dev/topics/churn-events",
    filter: "severity>=ERROR",
    unique_writer_identity: true,
  });
  expect(template.only(PubsubTopicIamMember)).toEqual({
    topic: "projects/acme-ml-dev/topics/churn-events",
    role: "roles/pubsub.publisher",
    member: reference(LoggingProjectSink, "writer_identity"),
  });
});

test("sinks of the same id in different places both get to publish on a topic they share", () => {
  const template = templateOf((stack) => {
    const shared = topic(stack);
    for (const place of ["Models", "Pipelines"]) {
      new LogSink(new Construct(stack, place), "Changes", { sinkName: place, topic: shared, filter: "f" });
    }
  });
  expect(template.counts).toEqual({ google_logging_project_sink: 2, google_pubsub_topic_iam_member: 2 });
});
