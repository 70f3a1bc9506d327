import { settingPolicy } from "../settings";

export const noDefaultSubnets = settingPolicy({
  id: "compute/no-default-subnets",
  why: "A network that makes its own subnets has one in every region, without private access and without logs.",
  controls: ["CIS GCP 3.1", "NIST 800-53 SC-7"],
  settings: { google_compute_network: { auto_create_subnetworks: false } },
});
