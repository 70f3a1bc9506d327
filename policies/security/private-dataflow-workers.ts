import { isUnknown, show, valuesAt } from "../arguments";
import type { Policy } from "../policy";

const addresses: Readonly<Record<string, readonly string[]>> = {
  google_data_pipeline_pipeline: [
    "workload.dataflow_flex_template_request.launch_parameter.environment.ip_configuration",
    "workload.dataflow_launch_template_request.launch_parameters.environment.ip_configuration",
  ],
  google_dataflow_flex_template_job: ["ip_configuration"],
  google_dataflow_job: ["ip_configuration"],
};

export const privateDataflowWorkers: Policy = {
  id: "dataflow/private-workers",
  kind: "security",
  types: Object.keys(addresses),
  why: "Dataflow gives its workers public addresses unless told otherwise.",
  controls: ["CIS GCP 4.9", "NIST 800-53 SC-7"],
  check: (args, type) => {
    const paths = addresses[type]!;
    const values = paths.flatMap((path) => valuesAt(args, path));
    return (values.length === 0 ? [undefined] : values)
      .filter((ip) => ip !== "WORKER_IP_PRIVATE" && !isUnknown(ip))
      .map((ip) => `'${paths[0]!}' must be "WORKER_IP_PRIVATE", got ${show(ip)}`);
  },
};
