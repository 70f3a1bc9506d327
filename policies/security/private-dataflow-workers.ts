import { isUnknown, show } from "../arguments";
import type { Policy } from "../policy";

export const privateDataflowWorkers: Policy = {
  id: "dataflow/private-workers",
  kind: "security",
  types: ["google_dataflow_flex_template_job", "google_dataflow_job"],
  why: "Dataflow gives its workers public addresses unless told otherwise.",
  controls: ["CIS GCP 4.9", "NIST 800-53 SC-7"],
  check: ({ ip_configuration: ip }) =>
    ip === "WORKER_IP_PRIVATE" || isUnknown(ip)
      ? undefined
      : `'ip_configuration' must be "WORKER_IP_PRIVATE", got ${show(ip)}`,
};
