import { formatExplanation } from "../../config/explain";
import { explain } from "../../config/load";
import { environment, otherEnvironment, project, team } from "./support/project";

const files = {
  "environments/dev.yaml": environment(
    {},
    "teamDefaults:\n  monitoring: { silentMinutes: 720 }\nquotas: { serving: { NVIDIA_L4: 2 } }\n",
  ),
  "environments/prod.yaml": otherEnvironment({ state: "{ backend: gcs, bucket: acme-state }" }),
  "teams/churn/team.yaml": team(`monitoring: { silentMinutes: 120 }
serving:
  models:
    propensity:
      maxReplicaCount: 3
      rollout: { stages: [{ share: 100, holdMinutes: 60 }] }
environments:
  prod: { serving: { models: { propensity: { maxReplicaCount: 9 } } } }
`),
  "teams/fraud/team.yaml": team(),
};

function explained(path: string, environmentName = "dev"): string[] {
  const result = explain(project(files), environmentName, path);
  return result.ok ? result.explanations.flatMap((one) => formatExplanation(one).split("\n")) : [result.message];
}

test("a value is explained with all it overrides, as data", () => {
  const result = explain(project(files), "prod", "teams.churn.serving.models.propensity.maxReplicaCount");

  expect(result).toEqual({
    ok: true,
    explanations: [
      {
        path: "teams.churn.serving.models.propensity.maxReplicaCount",
        value: 9,
        origin: {
          kind: "file",
          layer: "the team's override for prod",
          file: "teams/churn/team.yaml",
          line: 11,
          column: 63,
        },
        overrides: [
          {
            value: 3,
            origin: { kind: "file", layer: "the team", file: "teams/churn/team.yaml", line: 8, column: 24 },
          },
          { value: 2, origin: { kind: "blueprint default" } },
        ],
      },
    ],
  });
});

test("a value is explained in lines", () => {
  expect(explained("teams.churn.monitoring.silentMinutes")).toEqual([
    "teams.churn.monitoring.silentMinutes = 120",
    "  teams/churn/team.yaml:4:30 (the team)",
    "  overrides 720, environments/dev.yaml:10:32 (the environment's defaults for teams)",
    "  overrides 60, blueprint default",
  ]);
});

test("an override for another environment takes no part", () => {
  expect(explained("teams.churn.serving.models.propensity.maxReplicaCount")).toEqual([
    "teams.churn.serving.models.propensity.maxReplicaCount = 3",
    "  teams/churn/team.yaml:8:24 (the team)",
    "  overrides 2, blueprint default",
  ]);
});

test("what no file sets is the blueprint's default, or nothing", () => {
  expect(explained("environment.audit.retentionDays")).toEqual([
    "environment.audit.retentionDays = 400",
    "  blueprint default",
  ]);
  expect(explained("teams.churn.serving.models.propensity.acceleratorType")).toEqual([
    "teams.churn.serving.models.propensity.acceleratorType = nothing",
    "  not set",
  ]);
});

test("a mapping is explained leaf by leaf", () => {
  expect(explained("environment.quotas")).toEqual([
    "environment.quotas.serving.NVIDIA_L4 = 2",
    "  environments/dev.yaml:11:33 (the environment)",
    "environment.quotas.training = {}",
    "  blueprint default",
    "environment.quotas.protected = true",
    "  blueprint default",
  ]);
  expect(explained("teams.churn.monitoring")).toEqual([
    "teams.churn.monitoring.silentMinutes = 120",
    "  teams/churn/team.yaml:4:30 (the team)",
    "  overrides 720, environments/dev.yaml:10:32 (the environment's defaults for teams)",
    "  overrides 60, blueprint default",
    "teams.churn.monitoring.oldestMessageMinutes = 10",
    "  blueprint default",
  ]);
  expect(explained("environment.state", "prod")).toEqual([
    'environment.state.backend = "gcs"',
    "  environments/prod.yaml:6:19 (the environment)",
    'environment.state.bucket = "acme-state"',
    "  environments/prod.yaml:6:32 (the environment)",
    'environment.state.bootstrap = "local"',
    "  blueprint default",
  ]);
});

test("a list is explained as a whole with its defaults, an item of it by itself", () => {
  expect(explained("teams.churn.serving.models.propensity.rollout.stages")).toEqual([
    'teams.churn.serving.models.propensity.rollout.stages = [{"share":100,"holdMinutes":60,"minimumSamples":1000}]',
    "  teams/churn/team.yaml:9:26 (the team)",
    '  overrides [{"share":10,"holdMinutes":60,"minimumSamples":1000},{"share":50,"holdMinutes":120,"minimumSamples":1000},{"share":100,"holdMinutes":60,"minimumSamples":1000}], blueprint default',
  ]);
  expect(explained("teams.churn.serving.models.propensity.rollout.stages[0].share")).toEqual([
    "teams.churn.serving.models.propensity.rollout.stages.0.share = 100",
    "  teams/churn/team.yaml:9:36 (the team)",
  ]);
});

test("an empty path explains everything", () => {
  expect(explained("").length).toBeGreaterThan(20);
});

test.each([
  ["region", "'region' is not known: did you mean 'environment.region'?"],
  ["budget.monthlyAmount", "'budget.monthlyAmount' is not known: did you mean 'environment.budget.monthlyAmount'?"],
  ["serving.models", "'serving.models' is not known: did you mean 'teams.churn.serving.models'?"],
  ["environment.reigon", "'environment.reigon' is not known: did you mean 'environment.region'?"],
  ["teams.chrun.labels", "'teams.chrun.labels' is not known: did you mean 'teams.churn'?"],
  ["teams.fraud", "'teams.fraud' is not known: in 'teams' there is churn"],
  [
    "teams.churn.serving.models.propensity.replicas",
    "'teams.churn.serving.models.propensity.replicas' is not known: in 'teams.churn.serving.models.propensity' there is maxReplicaCount, rollout, machineType, acceleratorType, acceleratorCount, minReplicaCount, autoscaling, requestLogging, callers, privateServiceConnect, explanations, objective, registrars, gates, retention, idle, batch, stream",
  ],
  ["environment.region.zone", "'environment.region.zone' is not known: in 'environment.region' there is none"],
  [
    "environment.state.bucket",
    "'environment.state.bucket' is not known: in 'environment.state' there is backend, directory",
  ],
])("%s is not a path", (path, message) => {
  expect(explained(path)).toEqual([message]);
});

test("an unknown environment is named", () => {
  expect(explain(project(files), "pord", "environment")).toEqual({
    ok: false,
    message: "environment 'pord' does not exist: use one of dev, prod (did you mean 'prod'?)",
  });
});

test("an environment that cannot be read is said to be so", () => {
  expect(explain(project({ "environments/dev.yaml": "" }), "dev", "environment")).toEqual({
    ok: false,
    message: "environments/dev.yaml:1:1: is empty: it must hold a mapping",
  });
});
