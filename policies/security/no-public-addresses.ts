import { settingPolicy } from "../settings";

export const noPublicAddresses = settingPolicy({
  id: "compute/no-public-addresses",
  why: "What has a public address can be reached by everybody, and reaches everything, whatever the network allows.",
  controls: ["CIS GCP 4.9", "CIS GCP 6.6", "NIST 800-53 SC-7"],
  settings: {
    google_cloudbuild_worker_pool: { "worker_config.no_external_ip": true },
    google_colab_runtime_template: { "network_spec.enable_internet_access": false },
    google_data_fusion_instance: { private_instance: true },
    google_dataproc_cluster: { "cluster_config.gce_cluster_config.internal_ip_only": true },
    google_sql_database_instance: { "settings.ip_configuration.ipv4_enabled": false },
    google_workbench_instance: { "gce_setup.disable_public_ip": true },
  },
});
