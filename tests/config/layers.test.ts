import { environment, onlyTeam, otherEnvironment, platform, problems, team } from "./support/project";

const model = (settings: string) => `serving: { models: { propensity: { ${settings} } } }\n`;

test("the environment's defaults for teams replace those of the blueprint", () => {
  const config = platform({
    "environments/dev.yaml": environment({}, "teamDefaults: { monitoring: { silentMinutes: 720 } }\n"),
  });

  expect(onlyTeam(config).monitoring).toEqual({ silentMinutes: 720, oldestMessageMinutes: 10 });
});

test("the team's own settings replace the environment's defaults", () => {
  const config = platform({
    "environments/dev.yaml": environment(
      {},
      "teamDefaults: { monitoring: { silentMinutes: 720, oldestMessageMinutes: 30 } }\n",
    ),
    "teams/churn/team.yaml": team("monitoring: { silentMinutes: 120 }\n"),
  });

  expect(onlyTeam(config).monitoring).toEqual({ silentMinutes: 120, oldestMessageMinutes: 30 });
});

test("the team's override for an environment replaces its own settings, there alone", () => {
  const files = {
    "environments/prod.yaml": otherEnvironment(),
    "teams/churn/team.yaml": team(
      `${model("minReplicaCount: 1, maxReplicaCount: 3")}environments:\n  prod:\n    ${model("maxReplicaCount: 9")}`,
    ),
  };

  expect(onlyTeam(platform(files, "prod")).serving.models["propensity"]).toMatchObject({
    minReplicaCount: 1,
    maxReplicaCount: 9,
  });
  expect(onlyTeam(platform(files, "dev")).serving.models["propensity"]).toMatchObject({ maxReplicaCount: 3 });
});

test("lists are replaced, not joined", () => {
  const config = platform({
    "teams/churn/team.yaml": team(
      `${model("callers: [group:a@acme.example, group:b@acme.example]")}environments:\n  dev:\n    ${model("callers: [group:c@acme.example]")}`,
    ),
  });

  expect(onlyTeam(config).serving.models["propensity"]!.callers).toEqual(["group:c@acme.example"]);
});

test("a workload can be in one environment only", () => {
  const files = {
    "environments/prod.yaml": otherEnvironment(),
    "teams/churn/team.yaml": team(`environments:\n  dev:\n    ${model("")}`),
  };

  expect(Object.keys(onlyTeam(platform(files, "dev")).serving.models)).toEqual(["propensity"]);
  expect(Object.keys(onlyTeam(platform(files, "prod")).serving.models)).toEqual([]);
});

test("a wrong value is reported in the layer that says it", () => {
  const files = {
    "environments/dev.yaml": environment({}, "teamDefaults:\n  monitoring: { silentMinutes: 1 }\n"),
    "teams/churn/team.yaml": team(
      `${model("maxReplicaCount: 2")}environments:\n  dev:\n    ${model("maxReplicaCount: 0")}`,
    ),
  };

  expect(problems(files)).toEqual([
    "environments/dev.yaml:10:32 teamDefaults.monitoring.silentMinutes: must be a whole number from 5 to 1410, got 1",
    "teams/churn/team.yaml:7:57 environments.dev.serving.models.propensity.maxReplicaCount: must be a whole number from 1 to 1000, got 0",
  ]);
});

test("a wrong value is reported although every environment overrides it", () => {
  const files = {
    "environments/dev.yaml": environment({}, "teamDefaults: { monitoring: { silentMinutes: 1, silent: 2 } }\n"),
    "teams/churn/team.yaml": team(
      "monitoring: { silentMinutes: 2 }\nenvironments: { dev: { monitoring: { silentMinutes: 60 } } }\n",
    ),
  };

  expect(problems(files)).toEqual([
    "environments/dev.yaml:9:46 teamDefaults.monitoring.silentMinutes: must be a whole number from 5 to 1410, got 1",
    "environments/dev.yaml:9:49 teamDefaults.monitoring.silent: unknown key 'silent', allowed: oldestMessageMinutes, silentMinutes",
    "teams/churn/team.yaml:4:30 monitoring.silentMinutes: must be a whole number from 5 to 1410, got 2",
  ]);
});

test("what is missing is reported where the team begins with it", () => {
  const files = {
    "environments/prod.yaml": otherEnvironment(),
    "teams/churn/team.yaml": team(
      `pipelines:\n  training: { paused: true }\nenvironments:\n  prod: { pipelines: { training: { paused: false } } }\n`,
    ),
  };

  expect(problems(files)).toEqual([
    "teams/churn/team.yaml:5:3 pipelines.training.specification: is missing: Compiled KFP pipeline specification (PipelineSpec), JSON or YAML",
    "teams/churn/team.yaml:5:3 pipelines.training.schedule: is missing: When it runs, as five cron fields",
  ]);
});

test("what is missing from an override is not a problem, what only an override begins with is", () => {
  const files = {
    "teams/churn/team.yaml": team(`environments:\n  dev: { pipelines: { training: { paused: true } } }\n`),
  };

  expect(problems(files)).toEqual([
    "teams/churn/team.yaml:5:23 environments.dev.pipelines.training.specification: is missing: Compiled KFP pipeline specification (PipelineSpec), JSON or YAML",
    "teams/churn/team.yaml:5:23 environments.dev.pipelines.training.schedule: is missing: When it runs, as five cron fields",
  ]);
});

test("layers must be mappings", () => {
  expect(problems({ "environments/dev.yaml": environment({}, "teamDefaults: [monitoring]\n") })).toEqual([
    "environments/dev.yaml:9:15 teamDefaults: must be a mapping, got a list",
  ]);
  expect(problems({ "teams/churn/team.yaml": team("environments: [dev]\n") })).toEqual([
    "teams/churn/team.yaml:4:15 environments: must be a mapping, got a list",
  ]);
  expect(problems({ "teams/churn/team.yaml": team("environments: { dev: small }\n") })).toEqual([
    "teams/churn/team.yaml:4:22 environments.dev: must be a mapping, got 'small'",
  ]);
  expect(problems({ "teams/churn/team.yaml": team("environments:\n  dev:\n") })).toEqual([
    "teams/churn/team.yaml:5:7 environments.dev: is empty: indent its settings below it, or remove the key",
  ]);
});

test("layers do not nest", () => {
  expect(problems({ "teams/churn/team.yaml": team("environments: { dev: { environments: {} } }\n") })).toEqual([
    "teams/churn/team.yaml:4:24 environments.dev.environments: unknown key 'environments', allowed: description, owners, contactEmail, labels, ingestion, pipelines, serving, experiments, monitoring",
  ]);
});
