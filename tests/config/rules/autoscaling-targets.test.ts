import { environment, onlyTeam, platform, problems, team } from "../support/project";

const files = (settings: string, rest = "") => ({
  "environments/dev.yaml": environment(
    {},
    "quotas: { serving: { NVIDIA_L4: 100, NVIDIA_TESLA_T4: 100, TPU_V5_LITEPOD: 100 } }\n",
  ),
  "teams/churn/team.yaml": team(`serving:\n  models:\n    propensity: { ${settings} }\n${rest}`),
});
const model = (settings: string, rest?: string) => problems(files(settings, rest));
const targets = (settings: string, rest?: string) =>
  onlyTeam(platform(files(settings, rest))).serving.models["propensity"]!.autoscaling;

const gpu = "machineType: g2-standard-4, acceleratorType: NVIDIA_L4";

test("without targets nothing is said", () => {
  expect(targets("maxReplicaCount: 3")).toEqual({});
});

test("an environment's target replaces the team's, and its others stay", () => {
  const override =
    "environments: { dev: { serving: { models: { propensity: { autoscaling: { cpuUtilization: 40 } } } } } }\n";
  expect(targets(`${gpu}, autoscaling: { cpuUtilization: 80, acceleratorDutyCycle: 70 }`, override)).toEqual({
    cpuUtilization: 40,
    acceleratorDutyCycle: 70,
  });
});

test.each([
  "autoscaling: { cpuUtilization: 1, requestCountPerMinute: 6000 }",
  `${gpu}, autoscaling: { acceleratorDutyCycle: 100 }`,
  "machineType: n1-standard-4, acceleratorType: NVIDIA_TESLA_T4, autoscaling: { acceleratorDutyCycle: 70 }",
  "autoscaling: { cpuUtilization: 80 }, minReplicaCount: 1, maxReplicaCount: 1",
  "machineType: ct5lp-hightpu-1t, maxReplicaCount: 1, autoscaling: {}",
])("%s passes", (settings) => {
  expect(model(settings)).toEqual([]);
});

test("targets are percents, or requests a minute", () => {
  const settings = "autoscaling: { cpuUtilization: 0.6, acceleratorDutyCycle: 101, requestCountPerMinute: 0 }";
  expect(model(settings)).toEqual([
    "teams/churn/team.yaml:6:50 serving.models.propensity.autoscaling.cpuUtilization: must be a whole number from 1 to 100, got 0.6",
    "teams/churn/team.yaml:6:77 serving.models.propensity.autoscaling.acceleratorDutyCycle: must be a whole number from 1 to 100, got 101",
    "teams/churn/team.yaml:6:105 serving.models.propensity.autoscaling.requestCountPerMinute: must be a whole number from 1 to 1000000, got 0",
  ]);
});

test("other metrics are refused", () => {
  expect(model("autoscaling: { cpu: 60 }")).toEqual([
    "teams/churn/team.yaml:6:34 serving.models.propensity.autoscaling.cpu: unknown key 'cpu', did you mean 'cpuUtilization'? allowed: cpuUtilization, acceleratorDutyCycle, requestCountPerMinute",
  ]);
});

test("a duty cycle needs an accelerator", () => {
  expect(model("autoscaling: { cpuUtilization: 80, acceleratorDutyCycle: 70 }")).toEqual([
    "teams/churn/team.yaml:6:76 serving.models.propensity.autoscaling.acceleratorDutyCycle: needs acceleratorType, got only the target 70: add the accelerator, or scale by cpuUtilization or requestCountPerMinute",
  ]);
});

test("TPUs take no target", () => {
  const settings = "machineType: ct5lp-hightpu-1t, maxReplicaCount: 1, autoscaling: { acceleratorDutyCycle: 70 }";
  expect(model(settings)).toEqual([
    "teams/churn/team.yaml:6:107 serving.models.propensity.autoscaling.acceleratorDutyCycle: must be absent, got 70: replicas on TPU machine type 'ct5lp-hightpu-1t' do not scale",
  ]);
});
