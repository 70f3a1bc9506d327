import { isUnknown, type Policy, show } from "./policy";

export const privateDataflowWorkers: Policy = {
  id: "dataflow/private-workers",
  types: ["google_dataflow_flex_template_job", "google_dataflow_job"],
  why: "Dataflow gives its workers public addresses unless told otherwise.",
  check: ({ ip_configuration: ip }) =>
    ip === "WORKER_IP_PRIVATE" || isUnknown(ip)
      ? undefined
      : `'ip_configuration' must be "WORKER_IP_PRIVATE", got ${show(ip)}`,
};
