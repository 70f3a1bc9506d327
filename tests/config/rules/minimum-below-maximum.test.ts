import { environment, problems, team } from "../support/project";

const model = (settings: string) =>
  problems({
    "environments/dev.yaml": environment({}, "quotas: { serving: { TPU_V5_LITEPOD: 100 } }\n"),
    "teams/churn/team.yaml": team(`serving:\n  models:\n    propensity: { ${settings} }\n`),
  });

const service = (settings: string) =>
  problems({
    "teams/churn/team.yaml": team(`serving:
  services:
    scoring:
      image: scoring@sha256:${"0".repeat(64)}
      revision: v1
      traffic: { v1: 100 }
      ${settings}
`),
  });

test("equal counts pass", () => {
  expect(model("minReplicaCount: 2, maxReplicaCount: 2")).toEqual([]);
  expect(service("minInstanceCount: 4")).toEqual([]);
});

test("more replicas at least than at most are refused", () => {
  expect(model("minReplicaCount: 3")).toEqual([
    "teams/churn/team.yaml:6:36 serving.models.propensity.minReplicaCount: must be at most maxReplicaCount (2), got 3",
  ]);
});

test("more instances at least than at most are refused", () => {
  expect(service("minInstanceCount: 5")).toEqual([
    "teams/churn/team.yaml:10:25 serving.services.scoring.minInstanceCount: must be at most maxInstanceCount (4), got 5",
  ]);
});

test("replicas with TPUs have one count", () => {
  expect(model("machineType: ct5lp-hightpu-1t")).toEqual([
    "teams/churn/team.yaml:6:5 serving.models.propensity.minReplicaCount: must equal maxReplicaCount (2), got 1: replicas on TPU machine type 'ct5lp-hightpu-1t' do not scale",
  ]);
  expect(model("machineType: ct5lp-hightpu-1t, minReplicaCount: 2")).toEqual([]);
});

test("a batch prediction begins with no more replicas than it may have", () => {
  const batch = (counts: string) => model(`batch: { schedule: 0 5 * * *, input: churn_raw.customers, ${counts} }`);
  expect(batch("startingReplicaCount: 4")).toEqual([]);
  expect(batch("startingReplicaCount: 5")).toEqual([
    "teams/churn/team.yaml:6:99 serving.models.propensity.batch.startingReplicaCount: must be at most maxReplicaCount (4), got 5",
  ]);
});
