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

/** Metrics of a Cloud Run service. */
export const serviceMetrics = (service: string) => {
  const of = (metric: string, labels: Readonly<Record<string, string>> = {}) =>
    filter(`run.googleapis.com/${metric}`, "cloud_run_revision", {
      "resource.label.service_name": service,
      ...labels,
    });
  return {
    requests: of("request_count"),
    serverErrors: of("request_count", { "metric.label.response_code_class": "5xx" }),
  };
};

/**
 * Log entries of pipeline runs that failed, by the name in the specification: Vertex AI begins the id of a run with it. That
 * beginning was not confirmed in Google's documentation.
 */
export const failedRuns = (specificationName: string) =>
  `resource.type="aiplatform.googleapis.com/PipelineJob" AND resource.labels.pipeline_job_id=~"^${specificationName}-" AND severity>=ERROR`;

/** Log entries of a schedule that could not start what it should. */
export const failedStarts = (schedule: string) =>
  `resource.type="cloud_scheduler_job" AND resource.labels.job_id="${schedule}" AND severity>=ERROR`;

/** Log entries about deployed models of a model that are not asked anything, as the workflow that looks for them writes them. */
export const idleModels = (workflow: string, model: string) =>
  `resource.type="workflows.googleapis.com/Workflow" AND resource.labels.workflow_id="${workflow}" AND jsonPayload.event="idle-model" AND jsonPayload.model="${model}"`;

/** Log entries about batch predictions of a model: a job that failed, as the workflow tells it, and a schedule that could not start one. */
export const failedBatches = (workflow: string, schedule: string, model: string) =>
  `(resource.type="workflows.googleapis.com/Workflow" AND resource.labels.workflow_id="${workflow}" AND jsonPayload.event="batch-failed" AND jsonPayload.model="${model}") OR (${failedStarts(schedule)})`;

/** Executions of a workflow by how they ended. The values of `status` were not confirmed; those of the API's states are taken. */
export const endedExecutions = (workflow: string, status: "FAILED" | "CANCELLED") =>
  filter("workflows.googleapis.com/finished_execution_count", "workflows.googleapis.com/Workflow", {
    "resource.label.workflow_id": workflow,
    "metric.label.status": status,
  });
