import { blocks } from "../arguments";
import type { Policy } from "../policy";

/** Options of Dataflow that are arguments of the job, and what the argument is called. */
const options: Readonly<Record<string, string>> = {
  autoscalingAlgorithm: "autoscaling_algorithm",
  enableStreamingEngine: "enable_streaming_engine",
  kmsKeyName: "kms_key_name",
  maxNumWorkers: "max_workers",
  maxWorkers: "max_workers",
  network: "network",
  numWorkers: "num_workers",
  region: "region",
  serviceAccount: "service_account_email",
  serviceAccountEmail: "service_account_email",
  stagingLocation: "staging_location",
  subnetwork: "subnetwork",
  tempLocation: "temp_location",
  workerMachineType: "machine_type",
};

export const dataflowOptionsAreArguments: Policy = {
  id: "dataflow/options-are-arguments",
  kind: "value",
  types: ["google_dataflow_flex_template_job", "google_dataflow_job"],
  why: "Given as a parameter and as an argument, an option of Dataflow makes provider 6.50 fail or crash at plan.",
  check: ({ parameters }) => {
    const given = Object.keys(blocks(parameters)[0] ?? {}).find((name) => Object.hasOwn(options, name));
    return given && `'parameters.${given}' must not be set: use the argument '${options[given]!}'`;
  },
};
