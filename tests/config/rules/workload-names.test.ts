import { environment, eventSchema, platform, problems, team } from "../support/project";

const models = (...names: string[]) =>
  team(`serving:\n  models:\n${names.map((name) => `    ${name}: {}\n`).join("")}`);

test("names that fit pass", () => {
  expect(problems({ "teams/churn/team.yaml": models("a", "propensity") })).toEqual([]);
});

test("names at the limits pass", () => {
  expect(
    problems({
      "environments/dev.yaml": environment({ teams: "[churn, predictions]" }),
      "teams/churn/team.yaml": models("abcdefghijklmnopqrst"),
      "teams/predictions/team.yaml": models("abcdefghijklmnopqr"),
    }),
  ).toEqual([]);
});

test("a name that makes the service account's id too long is refused", () => {
  expect(
    problems({
      "environments/dev.yaml": environment({ teams: "[churn, predictions]" }),
      "teams/predictions/team.yaml": models("abcdefghijklmnopqrst"),
    }),
  ).toEqual([
    "teams/predictions/team.yaml:6:5 serving.models.abcdefghijklmnopqrst: is too long: its service account would be 'predictions-abcdefghijklmnopqrst', 32 characters of at most 30: shorten the name by 2",
  ]);
});

test("a name that makes the service account's id too short is refused", () => {
  expect(
    problems({
      "environments/dev.yaml": environment({ teams: "[churn, ml]" }),
      "teams/ml/team.yaml": models("a"),
    }),
  ).toEqual([
    "teams/ml/team.yaml:6:5 serving.models.a: is too short: its service account would be 'ml-a', 4 characters of at least 6: lengthen the name by 2",
  ]);
});

test("models, services, pipelines and jobs of a team have different names", () => {
  const files = {
    "teams/churn/event.avsc": eventSchema,
    "teams/churn/team.yaml": team(`ingestion:
  streams:
    events: { schema: event.avsc }
  jobs:
    scoring: { template: Cloud_PubSub_to_Avro_Flex, stream: events }
serving:
  models:
    scoring: {}
  services:
    scoring: { image: scoring@sha256:${"0".repeat(64)}, revision: v1, traffic: { v1: 100 } }
`),
  };

  expect(problems(files)).toEqual([
    "teams/churn/team.yaml:11:5 serving.models.scoring: is a name that is taken: its service account would be 'churn-scoring', as that of ingestion.jobs.scoring of team 'churn' (teams/churn/team.yaml:8): rename one of them",
    "teams/churn/team.yaml:13:5 serving.services.scoring: is a name that is taken: its service account would be 'churn-scoring', as that of ingestion.jobs.scoring of team 'churn' (teams/churn/team.yaml:8): rename one of them",
  ]);
});

test("names of service accounts that the blueprint makes are reserved", () => {
  expect(problems({ "teams/churn/team.yaml": models("scheduler") })).toEqual([
    "teams/churn/team.yaml:6:5 serving.models.scheduler: is a reserved name, got 'scheduler': its service account would be 'churn-scheduler', which the blueprint makes for itself: rename it",
  ]);
});

test("two teams do not spell one service account", () => {
  expect(
    problems({
      "environments/dev.yaml": environment({ teams: "[churn, churn-eu]" }),
      "teams/churn/team.yaml": models("eu-scoring"),
      "teams/churn-eu/team.yaml": models("scoring"),
    }),
  ).toEqual([
    "teams/churn-eu/team.yaml:6:5 serving.models.scoring: is a name that is taken: its service account would be 'churn-eu-scoring', as that of serving.models.eu-scoring of team 'churn' (teams/churn/team.yaml:6): rename one of them",
  ]);
});

test("the longest project and team leave room for the longest suffix of a bucket", () => {
  const project = `p${"x".repeat(29)}`;
  const name = `t${"x".repeat(11)}`;
  const { environment: settings, teams } = platform({
    "environments/dev.yaml": environment({ project, teams: `[${name}]` }),
    "teams/churn/team.yaml": undefined,
    [`teams/${name}/team.yaml`]: team(),
  });

  for (const suffix of ["landing", "dataflow", "pipelines", "models", "rollouts", "streams"]) {
    expect(`${settings.project}-${Object.keys(teams)[0]}-${suffix}`.length).toBeLessThanOrEqual(63);
  }
});

test("the job that predicts over a stream has an account of its own, beside its model's", () => {
  const stream = `stream:
        stream: events
        key: event_id
        window: { type: fixed, hours: 24 }
        features: { all: { function: count } }
`;
  const files = (model: string, other: string) => ({
    "teams/churn/event.avsc": eventSchema,
    "teams/churn/team.yaml": team(
      `ingestion:\n  streams:\n    events: { schema: event.avsc }\nserving:\n  models:\n    ${model}:\n      ${stream}    ${other}: {}\n`,
    ),
  });
  expect(problems(files("propensity", "other"))).toEqual([]);
  expect(problems(files("abcdefghijklmnopqrst", "other"))).toEqual([
    "teams/churn/team.yaml:10:7 serving.models.abcdefghijklmnopqrst.stream: is too long: its service account would be 'churn-abcdefghijklmnopqrst-stream', 33 characters of at most 30: shorten the name by 3",
  ]);
  expect(problems(files("a", "a-stream"))).toEqual([
    "teams/churn/team.yaml:10:7 serving.models.a.stream: is a name that is taken: its service account would be 'churn-a-stream', as that of serving.models.a-stream of team 'churn' (teams/churn/team.yaml:15): rename one of them",
  ]);
});
