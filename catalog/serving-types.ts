/*
 * Resource types that somebody outside of Terraform talks to or that do work by themselves. Source: documentation of the provider
 * 6.50, read 2026-11; which arguments of an endpoint force a replacement: facts of magic-modules d57784406a.
 */

/** What answers requests, or leads them there: destroyed, somebody gets errors. */
export const servingTypes: Readonly<Record<string, string>> = {
  google_api_gateway_gateway: "an API gateway",
  google_cloud_run_domain_mapping: "the domain of a service",
  google_cloud_run_service: "a Cloud Run service",
  google_cloud_run_v2_service: "a Cloud Run service",
  google_cloudfunctions2_function: "a function",
  google_cloudfunctions_function: "a function",
  google_compute_address: "an IP address",
  google_compute_backend_service: "a backend of a load balancer",
  google_compute_forwarding_rule: "a forwarding rule of a load balancer",
  google_compute_global_address: "an IP address",
  google_compute_global_forwarding_rule: "a forwarding rule of a load balancer",
  google_compute_instance: "a machine",
  google_compute_instance_group_manager: "a group of machines",
  google_compute_network: "a network",
  google_compute_region_backend_service: "a backend of a load balancer",
  google_compute_region_instance_group_manager: "a group of machines",
  google_compute_region_network_endpoint_group: "what a load balancer sends requests to",
  google_compute_region_url_map: "the routes of a load balancer",
  google_compute_router_nat: "the way out of a network",
  google_compute_service_attachment: "what other networks reach a service by",
  google_compute_subnetwork: "a subnet",
  google_compute_target_http_proxy: "a proxy of a load balancer",
  google_compute_target_https_proxy: "a proxy of a load balancer",
  google_compute_url_map: "the routes of a load balancer",
  google_container_cluster: "a cluster with what runs in it",
  google_container_node_pool: "machines of a cluster",
  google_dns_managed_zone: "a DNS zone",
  google_dns_record_set: "a DNS record",
  google_service_networking_connection: "a private connection to Google's services",
  google_vertex_ai_deployment_resource_pool: "machines that models share",
  google_vertex_ai_endpoint: "a prediction endpoint",
  google_vertex_ai_endpoint_with_model_garden_deployment: "a prediction endpoint with its model",
  google_vertex_ai_feature_online_store_featureview: "a view that features are served from",
  google_vertex_ai_index_endpoint: "an endpoint for vector search",
  google_vertex_ai_index_endpoint_deployed_index: "a deployed vector index",
  google_vpc_access_connector: "a connector into a network",
};

/** What works by itself, on a schedule or on events: destroyed, something does not happen, and nobody gets an error. */
export const workingTypes: Readonly<Record<string, string>> = {
  google_cloud_run_v2_job: "a job",
  google_cloud_run_v2_worker_pool: "a pool of workers",
  google_cloud_scheduler_job: "a schedule",
  google_cloud_tasks_queue: "a queue with its tasks",
  google_data_pipeline_pipeline: "a data pipeline",
  google_dataflow_flex_template_job: "a Dataflow job",
  google_dataflow_job: "a Dataflow job",
  google_datastream_stream: "a stream of changes from a database",
  google_eventarc_pipeline: "a pipeline of events",
  google_eventarc_trigger: "a trigger on events",
  google_logging_project_sink: "a log sink: entries are not exported any longer",
  google_project_service: "an enabled API",
  google_pubsub_schema: "a schema of messages",
  google_storage_notification: "the notifications of a bucket",
  google_workflows_workflow: "a workflow",
};

const privateServiceConnect = "private_service_connect_config.enable_private_service_connect";

/** What makes the address that clients of an endpoint use; `dns_endpoint` and the like follow from it. */
export const addressArguments: Readonly<Record<string, readonly string[]>> = {
  google_cloud_run_v2_service: ["name", "location", "default_uri_disabled", "custom_audiences"],
  google_compute_forwarding_rule: ["ip_address", "port_range", "ports"],
  google_compute_global_forwarding_rule: ["ip_address", "port_range"],
  google_dns_record_set: ["name", "rrdatas", "type"],
  google_pubsub_subscription: ["push_config.push_endpoint"],
  google_vertex_ai_endpoint: ["name", "location", "dedicated_endpoint_enabled", "network", privateServiceConnect],
  google_vertex_ai_index_endpoint: ["public_endpoint_enabled", "network", privateServiceConnect],
};
