import { problems, team } from "./support/project";

const inModel = (settings: string) =>
  problems({ "teams/churn/team.yaml": team(`serving:\n  models:\n    propensity:\n      ${settings}\n`) });

test("gates, retention and idle that make sense pass", () => {
  expect(inModel("gates: { metrics: { auRoc: { better: higher, tolerance: 0.005, limit: 0.75 } } }")).toEqual([]);
  expect(inModel("gates: { slices: { country: { metric: auRoc, largestGap: 0.1 } }, approval: {} }")).toEqual([]);
  expect(inModel("gates: { dataValidation: true, explanation: true }")).toEqual([]);
  expect(inModel("retention: { versions: 1, days: 1 }")).toEqual([]);
  expect(inModel("idle: { hours: 1, action: retire }")).toEqual([]);
  expect(inModel('registrars: ["group:ml@acme.example"]')).toEqual([]);
});

test("a gate that every value passes is refused", () => {
  expect(inModel("gates: { metrics: { auRoc: { better: higher } } }")).toEqual([
    "teams/churn/team.yaml:7:34 serving.models.propensity.gates.metrics.auRoc: must have 'tolerance', 'limit' or both: without them every value passes, got a mapping",
  ]);
});

test("a metric needs its direction", () => {
  expect(inModel("gates: { metrics: { auRoc: { limit: 0.7 } } }")).toEqual([
    "teams/churn/team.yaml:7:27 serving.models.propensity.gates.metrics.auRoc.better: is missing: Which way is better",
  ]);
});

test("values outside of what makes sense are refused", () => {
  expect(inModel("retention: { versions: 0 }")).toEqual([
    "teams/churn/team.yaml:7:30 serving.models.propensity.retention.versions: must be a whole number from 1 to 1000, got 0",
  ]);
  expect(inModel("idle: { action: delete }")).toEqual([
    "teams/churn/team.yaml:7:23 serving.models.propensity.idle.action: must be one of report, retire, got 'delete'",
  ]);
});
