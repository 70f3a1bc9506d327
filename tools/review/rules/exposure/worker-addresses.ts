import { watchRule } from "../watch-rule";
import { becomes, isAdded, leaves, turnsOff } from "../worse";

export const workerAddresses = watchRule({
  id: "exposure/worker-addresses",
  title: "Machines get public addresses",
  severity: "high",
  why: "A machine with a public address can be reached from the internet, and can send data there past the network's own way out.",
  check: "What does it need from the internet, and would Cloud NAT or Private Google Access do?",
  watched: {
    google_compute_instance: {
      "network_interface.access_config.nat_ip": isAdded,
      "network_interface.access_config": isAdded,
    },
    google_data_pipeline_pipeline: {
      "workload.dataflow_flex_template_request.launch_parameter.environment.ip_configuration":
        becomes("WORKER_IP_PUBLIC"),
      "workload.dataflow_launch_template_request.launch_parameters.environment.ip_configuration":
        becomes("WORKER_IP_PUBLIC"),
    },
    google_dataflow_flex_template_job: { ip_configuration: leaves("WORKER_IP_PRIVATE") },
    google_dataflow_job: { ip_configuration: leaves("WORKER_IP_PRIVATE") },
    google_dataproc_cluster: { "cluster_config.gce_cluster_config.internal_ip_only": turnsOff },
    google_notebooks_instance: { no_public_ip: turnsOff },
    google_workbench_instance: { "gce_setup.disable_public_ip": turnsOff },
  },
});
