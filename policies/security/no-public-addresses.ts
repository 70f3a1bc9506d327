import { type Arguments, blocks, isObject, listOf } from "../arguments";
import type { Policy } from "../policy";
import { settingPolicy } from "../settings";

const switches = settingPolicy({
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

const machines = [
  "google_compute_instance",
  "google_compute_instance_from_template",
  "google_compute_instance_template",
  "google_compute_region_instance_template",
];

/** A machine has an address for each block of these, an empty one too: Google picks the address then. */
const addresses = ["access_config", "ipv6_access_config"];

export const noPublicAddresses: Policy = {
  ...switches,
  types: [...switches.types, ...machines],
  check: (args, type) => (machines.includes(type) ? given(args) : switches.check(args, type)),
};

function given(args: Arguments): string[] {
  return addresses
    .filter((name) => blocks(args["network_interface"]).some((each) => listOf(each[name]).some(isObject)))
    .map((name) => `'network_interface.${name}' must not be set: let Cloud NAT and Private Google Access lead out`);
}
