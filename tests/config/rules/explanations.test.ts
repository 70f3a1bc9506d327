import { problems, team } from "../support/project";

const model = (settings: string) =>
  problems({ "teams/churn/team.yaml": team(`serving:\n  models:\n    propensity: { ${settings} }\n`) });

test("explanations are asked of versions that pass the gate for them", () => {
  expect(model("explanations: { instances: [{ tenure: 3 }] }, gates: { explanation: true }")).toEqual([]);
});

test("explanations without the gate are refused", () => {
  expect(model("explanations: { instances: [{ tenure: 3 }] }")).toEqual([
    "teams/churn/team.yaml:6:5 serving.models.propensity.gates.explanation: must be true where explanations are set, got false: a version without an explanation specification cannot explain",
  ]);
});

test("no instance shows nothing", () => {
  expect(model("explanations: { instances: [] }, gates: { explanation: true }")).toEqual([
    "teams/churn/team.yaml:6:46 serving.models.propensity.explanations.instances: must have at least 1 entry, got none",
  ]);
});
