import { dataflowOptionsAreArguments } from "../../../policies/values/dataflow-options-are-arguments";

const check = (parameters?: unknown) =>
  dataflowOptionsAreArguments.check({ parameters }, "google_dataflow_flex_template_job");

test.each([undefined, {}, { windowDuration: "5m", inputSubscription: "s" }, "${var.parameters}"])(
  "%j passes",
  (parameters) => {
    expect(check(parameters)).toBeUndefined();
  },
);

test.each([
  ["autoscalingAlgorithm", "autoscaling_algorithm"],
  ["enableStreamingEngine", "enable_streaming_engine"],
  ["kmsKeyName", "kms_key_name"],
  ["maxNumWorkers", "max_workers"],
  ["maxWorkers", "max_workers"],
  ["network", "network"],
  ["numWorkers", "num_workers"],
  ["region", "region"],
  ["serviceAccount", "service_account_email"],
  ["serviceAccountEmail", "service_account_email"],
  ["stagingLocation", "staging_location"],
  ["subnetwork", "subnetwork"],
  ["tempLocation", "temp_location"],
  ["workerMachineType", "machine_type"],
])("the parameter %s is refused", (option, argument) => {
  expect(check({ windowDuration: "5m", [option]: "x" })).toBe(
    `'parameters.${option}' must not be set: use the argument '${argument}'`,
  );
});

test("a parameter that is named like a method of an object passes", () => {
  expect(check({ toString: "x", constructor: "x" })).toBeUndefined();
});
