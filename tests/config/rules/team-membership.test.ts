import { environment, otherEnvironment, problems, team } from "../support/project";

test("an environment without teams passes", () => {
  expect(
    problems({ "environments/dev.yaml": environment({ teams: undefined }), "teams/churn/team.yaml": undefined }),
  ).toEqual([]);
});

test("a listed team has a folder", () => {
  expect(problems({ "environments/dev.yaml": environment({ teams: "[churn, chrn]" }) })).toEqual([
    "environments/dev.yaml:8:16 teams[1]: must be a folder below teams/, got 'chrn', did you mean 'churn'? folders: churn",
  ]);
});

test("a team is listed once", () => {
  expect(problems({ "environments/dev.yaml": environment({ teams: "[churn, churn]" }) })).toEqual([
    "environments/dev.yaml:8:16 teams[1]: is listed twice, got 'churn' again: remove one",
  ]);
});

test("a team is in an environment", () => {
  expect(problems({ "teams/fraud/team.yaml": team() })).toEqual([
    "teams/fraud/team.yaml:1:1: is in no environment: add '- fraud' to 'teams' of an environment (environments/dev.yaml), or remove the folder once its stacks are destroyed",
  ]);
});

test("a team is not missed while an environment's file is broken", () => {
  expect(problems({ "environments/prod.yaml": "[", "teams/fraud/team.yaml": team() })).toEqual([
    "environments/prod.yaml:1:2: is not valid YAML: Flow sequence must end with a ]",
  ]);
});

test("overrides are for environments that exist", () => {
  expect(problems({ "teams/churn/team.yaml": team("environments:\n  def: {}\n") })).toEqual([
    "teams/churn/team.yaml:5:3 environments.def: must be an environment, got 'def', did you mean 'dev'? allowed: dev",
  ]);
});

test("overrides are for environments of the team", () => {
  expect(
    problems({
      "environments/prod.yaml": otherEnvironment({ teams: "[]" }),
      "teams/churn/team.yaml": team("environments:\n  prod: {}\n"),
    }),
  ).toEqual([
    "teams/churn/team.yaml:5:3 environments.prod: must be an environment of the team, got 'prod': add '- churn' to 'teams' of environments/prod.yaml, or remove the override",
  ]);
});
