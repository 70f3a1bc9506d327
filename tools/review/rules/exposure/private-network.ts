import { watchRule } from "../watch-rule";
import { gains, isRemoved, leaves, turnsOff, turnsOn } from "../worse";

export const privateNetwork = watchRule({
  id: "exposure/private-network",
  title: "Something leaves the private network",
  severity: "high",
  why: "Without its network or Private Service Connect an endpoint is reached over the internet. `network` cannot be changed: the endpoint is replaced, and its URL with it.",
  check: "Who calls it over the private network today, and who may reach it afterwards?",
  watched: {
    google_cloud_run_v2_service: {
      "template.vpc_access.connector": isRemoved,
      "template.vpc_access.egress": leaves("ALL_TRAFFIC"),
      "template.vpc_access.network_interfaces.network": isRemoved,
    },
    google_dataflow_flex_template_job: { network: isRemoved, subnetwork: isRemoved },
    google_dataflow_job: { network: isRemoved, subnetwork: isRemoved },
    google_vertex_ai_endpoint: {
      network: isRemoved,
      "private_service_connect_config.enable_private_service_connect": turnsOff,
      "private_service_connect_config.project_allowlist": gains,
    },
    google_vertex_ai_feature_online_store: {
      "dedicated_serving_endpoint.private_service_connect_config.enable_private_service_connect": turnsOff,
      "dedicated_serving_endpoint.private_service_connect_config.project_allowlist": gains,
    },
    google_vertex_ai_index_endpoint: {
      network: isRemoved,
      "private_service_connect_config.enable_private_service_connect": turnsOff,
      "private_service_connect_config.project_allowlist": gains,
      public_endpoint_enabled: turnsOn,
    },
  },
});
