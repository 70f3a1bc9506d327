import { text } from "../values/value";
import { grant, type Kinds } from "./kind";

/** Full name of a resource whose id is the name. */
const named = { outputs: ({ id }: { readonly id: string }) => ({ name: id }) };

export const platformKinds: Kinds = {
  google_artifact_registry_repository: {
    id: "projects/{project}/locations/{location}/repositories/{repository_id}",
    outputs: ({ args, project }) => ({
      name: text(args, "repository_id") ?? "",
      "vulnerability_scanning_config.enablement_state": "SCANNING_DISABLED",
      registry_uri: `${text(args, "location") ?? ""}-docker.pkg.dev/${project}/${text(args, "repository_id") ?? ""}`,
    }),
  },
  google_artifact_registry_repository_iam_member: grant(
    "projects/{project}/locations/{location}/repositories/{repository:last}",
  ),
  google_vertex_ai_tensorboard: {
    id: "projects/{project}/locations/{region}/tensorboards/{serial}",
    serial: "digits",
    ...named,
  },
  google_vertex_ai_deployment_resource_pool: {
    id: "projects/{project}/locations/{region}/deploymentResourcePools/{name}",
  },
  google_vertex_ai_endpoint: {
    id: "projects/{project}/locations/{location}/endpoints/{name}",
    live: ["deployed_models", "traffic_split"],
    outputs: ({ args, projectNumber }) => ({
      dedicated_endpoint_dns:
        args["dedicated_endpoint_enabled"] === true
          ? `${text(args, "name") ?? ""}.${text(args, "location") ?? ""}-${projectNumber}.prediction.vertexai.goog`
          : "",
      traffic_split: "",
    }),
  },
  google_vertex_ai_endpoint_iam_member: grant("projects/{project}/locations/{location}/endpoints/{endpoint:last}"),
  google_cloud_scheduler_job: {
    id: "projects/{project}/locations/{region}/jobs/{name}",
    outputs: () => ({ state: "ENABLED", paused: false }),
  },
  google_cloud_run_v2_service: {
    id: "projects/{project}/locations/{location}/services/{name}",
    outputs: ({ id, args, projectNumber }) => {
      const name = text(args, "name") ?? "";
      const uri = `https://${name}-${projectNumber}.${text(args, "location") ?? ""}.run.app`;
      const revision = `${id}/revisions/${name}-00001-abc`;
      return {
        uri,
        urls: [uri],
        generation: "1",
        observed_generation: "1",
        ingress: "INGRESS_TRAFFIC_ALL",
        launch_stage: "GA",
        latest_created_revision: revision,
        latest_ready_revision: revision,
        terminal_condition: [],
      };
    },
  },
  google_cloud_run_v2_service_iam_member: grant("projects/{project}/locations/{location}/services/{name:last}"),
  google_workflows_workflow: {
    id: "projects/{project}/locations/{region}/workflows/{name}",
    outputs: ({ args, projectNumber }) => ({
      state: "ACTIVE",
      revision_id: "000001-000",
      service_account: `projects/-/serviceAccounts/${projectNumber}-compute@developer.gserviceaccount.com`,
      name: text(args, "name") ?? "",
    }),
  },
};

export const monitoringKinds: Kinds = {
  google_logging_project_sink: {
    id: "projects/{project}/sinks/{name}",
    outputs: ({ args, projectNumber }) => ({
      writer_identity:
        args["unique_writer_identity"] === false
          ? "serviceAccount:cloud-logs@system.gserviceaccount.com"
          : `serviceAccount:service-${projectNumber}@gcp-sa-logging.iam.gserviceaccount.com`,
    }),
  },
  google_logging_project_bucket_config: {
    id: "projects/{project}/locations/{location}/buckets/{bucket_id}",
    outputs: ({ id }) => ({ name: id, lifecycle_state: "ACTIVE" }),
    // Source: https://cloud.google.com/logging/docs/buckets#delete-bucket
    softDeletion: { mark: { lifecycle_state: "DELETE_REQUESTED" }, days: 7 },
  },
  google_monitoring_notification_channel: {
    id: "projects/{project}/notificationChannels/{serial}",
    serial: "digits",
    ...named,
  },
  google_monitoring_alert_policy: {
    id: "projects/{project}/alertPolicies/{serial}",
    serial: "digits",
    outputs: ({ id, now }) => ({ name: id, creation_record: [{ mutate_time: now, mutated_by: "sandbox" }] }),
  },
  google_monitoring_dashboard: { id: "projects/{project_number}/dashboards/{serial}", serial: "uuid" },
  google_monitoring_custom_service: {
    id: "projects/{project}/services/{service_id}",
    serial: "digits",
    outputs: ({ id, serial }) => ({ name: id, service_id: serial }),
  },
  google_monitoring_slo: {
    id: "projects/{project_number}/services/{service:last}/serviceLevelObjectives/{slo_id}",
    serial: "digits",
    outputs: ({ id, serial }) => ({ name: id, slo_id: serial }),
  },
};
