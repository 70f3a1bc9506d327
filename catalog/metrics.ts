/*
 * Metrics of Cloud Monitoring that the platform looks at, as filters.
 * Source: "Google Cloud metrics" lists of Cloud Monitoring, read 2026-08. For Vertex AI, `response_code` is a class such as
 * 5xx, and `latency_type` must be `total`, since the metric also holds the model's and the overhead's share apart.
 */
const filter = (metric: string, resource: string, labels: Readonly<Record<string, string>>): string =>
  [
    `metric.type="${metric}"`,
    `resource.type="${resource}"`,
    ...Object.entries(labels).map(([label, value]) => `${label}="${value}"`),
  ].join(" AND ");

/** Metrics of a Vertex AI endpoint. */
export const endpointMetrics = (endpointId: string) => {
  const online = (metric: string, labels: Readonly<Record<string, string>> = {}) =>
    filter(`aiplatform.googleapis.com/prediction/online/${metric}`, "aiplatform.googleapis.com/Endpoint", {
      "resource.label.endpoint_id": endpointId,
      ...labels,
    });
  return {
    responses: online("response_count"),
    serverErrors: online("response_count", { "metric.label.response_code": "5xx" }),
    latency: online("prediction_latencies", { "metric.label.latency_type": "total" }),
    replicas: online("replicas"),
  };
};

/** Metrics of a Pub/Sub subscription. */
export const subscriptionMetrics = (subscription: string) => {
  const of = (metric: string) =>
    filter(`pubsub.googleapis.com/subscription/${metric}`, "pubsub_subscription", {
      "resource.label.subscription_id": subscription,
    });
  return { oldestMessageAge: of("oldest_unacked_message_age"), waitingMessages: of("num_undelivered_messages") };
};

/** Metrics of a Dataflow streaming job. */
export const streamingJobMetrics = (jobName: string) => ({
  systemLag: filter("dataflow.googleapis.com/job/system_lag", "dataflow_job", { "resource.label.job_name": jobName }),
});
