import { problems, team } from "../support/project";

const stages = (...shares: number[]) =>
  problems({
    "teams/churn/team.yaml": team(`serving:
  models:
    propensity:
      rollout:
        stages:
${shares.map((share) => `          - { share: ${share}, holdMinutes: 60 }\n`).join("")}`),
  });

test("stages that grow to all traffic pass", () => {
  expect(stages(100)).toEqual([]);
  expect(stages(1, 10, 50, 100)).toEqual([]);
});

test("a stage that does not grow is refused", () => {
  expect(stages(10, 10, 5, 100)).toEqual([
    "teams/churn/team.yaml:10:22 serving.models.propensity.rollout.stages[1].share: must be more than the share of the stage before (10), got 10",
    "teams/churn/team.yaml:11:22 serving.models.propensity.rollout.stages[2].share: must be more than the share of the stage before (10), got 5",
  ]);
});

test("the last stage has all traffic", () => {
  expect(stages(10, 50)).toEqual([
    "teams/churn/team.yaml:10:22 serving.models.propensity.rollout.stages[1].share: must be 100 in the last stage, got 50: add a stage with share 100",
  ]);
});
