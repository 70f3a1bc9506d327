import { problems } from "../support/project";
import { pipelineFiles, specification } from "../support/specification";

const declared = specification({
  parameters: {
    horizon_days: { parameterType: "NUMBER_INTEGER", description: "Days ahead." },
    max_epochs: { parameterType: "NUMBER_INTEGER", defaultValue: 20 },
    note: { parameterType: "STRING", isOptional: true },
    rate: { parameterType: "NUMBER_DOUBLE", defaultValue: 0.1 },
    dry_run: { parameterType: "BOOLEAN", defaultValue: false },
    features: { parameterType: "LIST", defaultValue: [] },
    options: { parameterType: "STRUCT", defaultValue: {} },
  },
});
const parameters = (values: string) => problems(pipelineFiles(declared, `    parameters: { ${values} }\n`));

test("parameters in their types pass", () => {
  expect(parameters("horizon_days: 30")).toEqual([]);
  expect(
    parameters("horizon_days: 30, note: a, rate: 1, dry_run: true, features: [a], options: { a: 1 }, max_epochs: 5"),
  ).toEqual([]);
});

test("a parameter without default must be given", () => {
  expect(parameters("")).toEqual([
    "teams/churn/team.yaml:8:5 pipelines.training.parameters.horizon_days: is missing: 'teams/churn/training.yaml' requires it as a whole number (Days ahead.)",
  ]);
  expect(problems(pipelineFiles(declared))).toEqual([
    "teams/churn/team.yaml:5:3 pipelines.training.parameters.horizon_days: is missing: 'teams/churn/training.yaml' requires it as a whole number (Days ahead.)",
  ]);
});

test("a parameter that is not declared is refused", () => {
  expect(parameters("horizon_days: 30, max_epoch: 5")).toEqual([
    "teams/churn/team.yaml:8:37 pipelines.training.parameters.max_epoch: must be a parameter of 'teams/churn/training.yaml', got 'max_epoch', did you mean 'max_epochs'? allowed: horizon_days, max_epochs, note, rate, dry_run, features, options",
  ]);
});

test.each([
  ["horizon_days: 1.5", "a whole number (NUMBER_INTEGER), got the number 1.5"],
  ['horizon_days: "30"', "a whole number (NUMBER_INTEGER), got '30'"],
  ["horizon_days: 30, note: 5", "text (STRING), got the number 5"],
  ["horizon_days: 30, rate: high", "a number (NUMBER_DOUBLE), got 'high'"],
  ["horizon_days: 30, dry_run: yes", "true or false (BOOLEAN), got 'yes'"],
  ["horizon_days: 30, features: a", "a list (LIST), got 'a'"],
  ["horizon_days: 30, options: [a]", "a mapping (STRUCT), got a list"],
  ["horizon_days: 30, options: null", "a mapping (STRUCT), got nothing"],
])("%s is refused", (values, message) => {
  expect(parameters(values)).toEqual([expect.stringContaining(`: must be ${message}`)]);
});
