import { isMissing, textOf } from "../arguments";
import type { Policy } from "../policy";

/** Subnets that only load balancers use have no flows of their own. */
const managed = [
  "INTERNAL_HTTPS_LOAD_BALANCER",
  "REGIONAL_MANAGED_PROXY",
  "GLOBAL_MANAGED_PROXY",
  "PRIVATE_SERVICE_CONNECT",
];

export const subnetLogsFlows: Policy = {
  id: "compute/subnet-logs-flows",
  kind: "security",
  types: ["google_compute_subnetwork"],
  why: "Without flow logs nobody can tell afterwards what talked to what.",
  controls: ["CIS GCP 3.8", "NIST 800-53 AU-12"],
  check: (args) =>
    isMissing(args, "log_config") && !managed.includes(textOf(args["purpose"]))
      ? "'log_config' must be set, got nothing"
      : undefined,
};
