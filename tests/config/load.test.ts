import fs from "node:fs";
import { join } from "node:path";

import * as jsonc from "jsonc-parser";
import type * as yaml from "yaml";

import { environmentNames, loadPlatform, requestedEnvironment } from "../../config/load";
import {
  environment,
  onlyTeam,
  otherEnvironment,
  platform,
  problems,
  problemsIn,
  project,
  team,
} from "./support/project";

const repository = join(__dirname, "../..");

test.each(["sandbox", "dev", "prod"])("the repository's own environment %s loads without problems", (name) => {
  const result = loadPlatform(repository, name);

  expect(result.ok ? [] : result.problems).toEqual([]);
  expect(result).toMatchObject({ platform: { name, environment: { project: `acme-ml-${name}` } } });
});

test("environments are the YAML files of their folder, sorted", () => {
  const root = project({ "environments/prod.yaml": otherEnvironment(), "environments/README.md": "# Environments" });

  expect(environmentNames(root)).toEqual(["dev", "prod"]);
});

test.each([
  [{}, "sandbox"],
  [{ MLP_ENVIRONMENT: "" }, "sandbox"],
  [{ MLP_ENVIRONMENT: "prod" }, "prod"],
])("%j asks for %s", (env, name) => {
  expect(requestedEnvironment(env)).toBe(name);
});

test("an unknown environment is refused with those that exist", () => {
  const root = project({ "environments/prod.yaml": otherEnvironment(), "environments/sandbox.yaml": "" });

  expect(problemsIn(root, "prdo")).toEqual([
    "environment 'prdo' does not exist: use one of dev, prod, sandbox (did you mean 'prod'?)",
  ]);
  expect(problemsIn(root, "../teams/churn/team")).toEqual([
    "environment '../teams/churn/team' does not exist: use one of dev, prod, sandbox",
  ]);
});

test("a folder without environments says so", () => {
  expect(problems({ "environments/dev.yaml": undefined })).toEqual([
    "environment 'dev' does not exist: environments/ holds no YAML file",
  ]);
});

test("what is not written has the blueprint's default", () => {
  const config = platform({
    "teams/churn/team.yaml": team("serving:\n  models:\n    propensity: {}\n"),
  });

  expect(config.environment).toMatchObject({
    deletionProtection: true,
    audit: { retentionDays: 400, locked: true },
    quotas: { training: {}, serving: {}, protected: true },
  });
  expect(onlyTeam(config).serving.models["propensity"]).toMatchObject({
    machineType: "n1-standard-2",
    minReplicaCount: 1,
    maxReplicaCount: 2,
    rollout: { bakeMinutes: 1440 },
  });
});

test("teams come in the order of the environment's file", () => {
  const config = platform({
    "environments/dev.yaml": environment({ teams: "[fraud, churn]" }),
    "teams/fraud/team.yaml": team(),
  });

  expect(Object.keys(config.teams)).toEqual(["fraud", "churn"]);
});

test("files that are not a team's folder are left alone", () => {
  const files = { "teams/README.md": "# Teams", "teams/.hidden/x": "" };

  expect(Object.keys(platform(files).teams)).toEqual(["churn"]);
});

test("all problems of all files are reported at once, by file and place, and once", () => {
  const files = {
    "environments/dev.yaml": environment({ region: "us-central1", teams: "[churn, fraud]" }),
    "environments/prod.yaml": otherEnvironment({ contactEmail: "ML@acme.example", teams: "[churn]" }),
    "teams/churn/team.yaml": team(
      `serving:
  models:
    broken: { minReplicaCount: none }
    propensity: { minReplicaCount: 5 }
monitoring: { silentMinutes: 1 }
`,
      { owners: "churn-ml@acme.example" },
    ),
  };

  expect(problems(files)).toEqual([
    "environments/dev.yaml:3:9 region: must be in jurisdiction 'eu', got 'us-central1': use one of europe-central2, europe-north1, europe-southwest1, europe-west1, europe-west3, europe-west4, europe-west8, europe-west9, europe-west12",
    "environments/dev.yaml:8:16 teams[1]: must be a folder below teams/, got 'fraud', folders: churn",
    "environments/prod.yaml:5:15 contactEmail: must be an e-mail address in lower case, such as ml-team@acme.example, got 'ML@acme.example': write 'ml@acme.example'",
    "teams/churn/team.yaml:2:9 owners: must be 'group:' or 'user:' and an e-mail address in lower case, such as group:ml-team@acme.example, got 'churn-ml@acme.example': write 'group:churn-ml@acme.example'",
    "teams/churn/team.yaml:6:32 serving.models.broken.minReplicaCount: must be a whole number from 1 to 1000, got 'none'",
    "teams/churn/team.yaml:7:36 serving.models.propensity.minReplicaCount: must be at most maxReplicaCount (2), got 5",
    "teams/churn/team.yaml:8:30 monitoring.silentMinutes: must be a whole number from 5 to 1410, got 1",
  ]);
});

test("problems elsewhere keep any environment from loading", () => {
  const root = project({ "environments/prod.yaml": otherEnvironment({ region: "europe-west5" }) });

  expect(problemsIn(root, "dev")).toEqual([
    "environments/prod.yaml:3:9 region: must be one of 28 values (nearest: europe-west1, europe-west3, europe-west4), got 'europe-west5', did you mean 'europe-west1'?",
  ]);
});

test("a hundred teams load, each file read and parsed once", () => {
  const names = Array.from({ length: 100 }, (_, index) => `team-${index}`);
  const content = team(`ingestion:
  streams: { events: { schema: event.avsc } }
serving:
  models:
    propensity: { maxReplicaCount: 4 }
environments:
  dev: { serving: { models: { propensity: { maxReplicaCount: 1 } } } }
`);
  const schema = '{ "type": "record", "name": "Event", "fields": [{ "name": "id", "type": "string" }] }';
  const files = names.flatMap((name) => [
    [`teams/${name}/team.yaml`, content],
    [`teams/${name}/event.avsc`, schema],
  ]);
  const teams = `[churn, ${names.join(", ")}]`;
  // What is shared between environments is not parsed for each of them.
  const root = project({
    "environments/dev.yaml": environment({ teams }),
    "environments/prod.yaml": otherEnvironment({ teams }),
    ...Object.fromEntries(files),
  });
  const [read, parsedYaml, parsedJson] = [
    jest.spyOn(fs, "readFileSync"),
    // `import * as` would be a copy of this module.
    jest.spyOn(jest.requireActual<typeof yaml>("yaml"), "parseDocument"),
    jest.spyOn(jsonc, "parseTree"),
  ];
  try {
    const result = loadPlatform(root, "dev");
    expect(result.ok ? [] : result.problems).toEqual([]);
    expect(Object.keys(result.ok ? result.platform.teams : {})).toHaveLength(101);

    const ofProject = read.mock.calls.map(([path]) => String(path)).filter((path) => path.startsWith(root));
    expect(ofProject.sort()).toEqual([...new Set(ofProject)]);
    expect(ofProject).toHaveLength(2 + 1 + 200);
    expect([parsedYaml.mock.calls.length, parsedJson.mock.calls.length]).toEqual([2 + 101, 100]);
  } finally {
    [read, parsedYaml, parsedJson].forEach((spy) => spy.mockRestore());
  }
});
