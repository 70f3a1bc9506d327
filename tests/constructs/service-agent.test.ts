import { ServiceAgent } from "../../constructs/service-agent";
import { testStack } from "../support/template";

test("the agent of a service is named after the project's number", () => {
  expect(ServiceAgent.of(testStack({ projectNumber: "42" }), "pubsub")).toEqual({
    name: "pubsub-agent",
    member: "serviceAccount:service-42@gcp-sa-pubsub.iam.gserviceaccount.com",
    dependencies: [],
  });
});

test("BigQuery's agent for encryption has a name of its own form", () => {
  expect(ServiceAgent.of(testStack(), "bigquery").member).toBe(
    "serviceAccount:bq-123456789012@bigquery-encryption.iam.gserviceaccount.com",
  );
});
