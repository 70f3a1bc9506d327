import { problems, team } from "../support/project";

interface Changes {
  readonly groups?: string;
  readonly control?: string;
  readonly more?: string;
}

const experiment = ({
  groups = "{ rule: { share: 60, service: heuristic }, model: { share: 40, model: propensity } }",
  control = "rule",
  more = "",
}: Changes = {}) =>
  problems({
    "teams/churn/outcome.sql": "SELECT customer, 1 AS outcome, left_at AS occurred_at FROM churn_raw.leavers",
    "teams/churn/team.yaml": team(`serving:
  models: { propensity: {} }
  services:
    heuristic: { image: "scoring@sha256:${"0".repeat(64)}", revision: v1, traffic: { v1: 100 } }
experiments:
  retention:
    unit: customer
    start: 2026-09-01
    outcome: outcome.sql
    windowDays: 30
    control: ${control}
    groups: ${groups}
    ${more}
`),
  });

const at = (place: string, message: string) => [`teams/churn/team.yaml:${place}: ${message}`];

test("groups with all units, a control among them, and something that answers for each pass", () => {
  expect(experiment()).toEqual([]);
  expect(experiment({ more: "salt: again-2" })).toEqual([]);
});

test("shares must sum to 100", () => {
  expect(
    experiment({ groups: "{ rule: { share: 60, service: heuristic }, model: { share: 30, model: propensity } }" }),
  ).toEqual(at("15:5 experiments.retention.groups", "must have shares that sum to 100, got rule 60 + model 30 = 90"));
});

test("shares may have hundredths of a percent", () => {
  const shares = (...values: number[]) =>
    experiment({
      groups: `{ ${values.map((share, at) => `${["rule", "model", "other"][at]!}: { share: ${share}, model: propensity }`).join(", ")} }`,
    });
  expect(shares(33.33, 33.33, 33.34)).toEqual([]);
  expect(shares(99.99, 0.01)).toEqual([]);
  expect(shares(50.005, 49.995)).toEqual([
    ...at(
      "15:30 experiments.retention.groups.rule.share",
      "must be a number from 0.01 to 99.99 in steps of 0.01, got 50.005",
    ),
    ...at(
      "15:75 experiments.retention.groups.model.share",
      "must be a number from 0.01 to 99.99 in steps of 0.01, got 49.995",
    ),
  ]);
});

test("there must be groups to compare, and not more than can be told apart", () => {
  expect(experiment({ groups: "{ rule: { share: 99, service: heuristic } }" })).toEqual(
    at("15:5 experiments.retention.groups", "must be 2 to 10 groups, got 1"),
  );
  const many = Array.from({ length: 11 }, (_, group) => `g${group}: { share: 9, service: heuristic }`).join(", ");
  expect(experiment({ groups: `{ ${many} }` })).toEqual(
    at("15:5 experiments.retention.groups", "must be 2 to 10 groups, got 11"),
  );
});

test("the control must be a group", () => {
  expect(experiment({ control: "rules" })).toEqual(
    at(
      "14:14 experiments.retention.control",
      "must be a group of the experiment, got 'rules', did you mean 'rule'? groups: rule, model",
    ),
  );
});

test("a service or model must be the team's", () => {
  expect(
    experiment({ groups: "{ rule: { share: 60, service: heuristics }, model: { share: 40, model: heuristic } }" }),
  ).toEqual([
    ...at(
      "15:43 experiments.retention.groups.rule.service",
      "must be a service of the team, got 'heuristics', did you mean 'heuristic'? services: heuristic",
    ),
    ...at(
      "15:84 experiments.retention.groups.model.model",
      "must be a model of the team, got 'heuristic', models: propensity",
    ),
  ]);
});

test("a group names one of both", () => {
  expect(
    experiment({ groups: "{ rule: { share: 60 }, model: { share: 40, model: propensity, service: heuristic } }" }),
  ).toEqual([
    ...at("15:15 experiments.retention.groups.rule", "must name either a service or a model, got neither"),
    ...at("15:36 experiments.retention.groups.model", "must name either a service or a model, got both"),
  ]);
});

test("a salt and a unit are texts that stand in a query as they are", () => {
  expect(experiment({ more: `salt: "a'b"` })).toEqual(
    at("16:11 experiments.retention.salt", `must be 1 to 64 letters, digits, dots, hyphens or underscores, got 'a'b'`),
  );
});
