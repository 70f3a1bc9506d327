import { watchRule } from "../watch-rule";
import { becomes, gains, isRemoved, turnsOff } from "../worse";

export const networkChanges = watchRule({
  id: "exposure/network",
  title: "A network lets more out, or shows less",
  severity: "medium",
  why: "Without Private Google Access traffic to Google takes another way or none; NAT for more subnets lets more machines reach the internet; without logs nobody sees who did.",
  check: "What in the subnet relies on it, and which machines reach the internet afterwards?",
  watched: {
    google_compute_router_nat: {
      source_subnetwork_ip_ranges_to_nat: becomes(
        "ALL_SUBNETWORKS_ALL_IP_RANGES",
        "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES",
      ),
      "subnetwork.name": gains,
      "log_config.enable": turnsOff,
    },
    google_compute_subnetwork: {
      "log_config.aggregation_interval": isRemoved,
      private_ip_google_access: turnsOff,
    },
    google_dns_managed_zone: { visibility: becomes("public") },
  },
});
