import { environment, problems, team } from "../support/project";

const quotas = "quotas: { serving: { NVIDIA_L4: 100, NVIDIA_TESLA_T4: 100, TPU_V5_LITEPOD: 100 } }\n";
const model = (settings: string) =>
  problems({
    "environments/dev.yaml": environment({}, quotas),
    "teams/churn/team.yaml": team(`serving:\n  models:\n    propensity: { ${settings} }\n`),
  });

test.each([
  "machineType: e2-standard-4",
  "machineType: n1-standard-4",
  "machineType: n1-standard-4, acceleratorType: NVIDIA_TESLA_T4",
  "machineType: n1-standard-4, acceleratorType: NVIDIA_TESLA_T4, acceleratorCount: 4",
  "machineType: g2-standard-24, acceleratorType: NVIDIA_L4, acceleratorCount: 2",
  "machineType: ct5lp-hightpu-4t, maxReplicaCount: 1",
])("%s passes", (settings) => {
  expect(model(settings)).toEqual([]);
});

test("an accelerator on a machine type without any is refused", () => {
  expect(model("machineType: e2-standard-4, acceleratorType: NVIDIA_TESLA_T4")).toEqual([
    "teams/churn/team.yaml:6:64 serving.models.propensity.acceleratorType: must fit machine type 'e2-standard-4', which takes no accelerator, got 'NVIDIA_TESLA_T4': machine types that take it: n1-standard-2, n1-standard-4, n1-standard-8, n1-standard-16, n1-standard-32, n1-highmem-2, n1-highmem-4, n1-highmem-8, n1-highmem-16, n1-highmem-32, n1-highcpu-2, n1-highcpu-4, n1-highcpu-8, n1-highcpu-16, n1-highcpu-32",
  ]);
});

test("another accelerator than the machine type takes is refused", () => {
  expect(model("machineType: g2-standard-4, acceleratorType: NVIDIA_TESLA_T4")).toEqual([
    "teams/churn/team.yaml:6:64 serving.models.propensity.acceleratorType: must fit machine type 'g2-standard-4', which takes 1 NVIDIA_L4, got 'NVIDIA_TESLA_T4': machine types that take it: n1-standard-2, n1-standard-4, n1-standard-8, n1-standard-16, n1-standard-32, n1-highmem-2, n1-highmem-4, n1-highmem-8, n1-highmem-16, n1-highmem-32, n1-highcpu-2, n1-highcpu-4, n1-highcpu-8, n1-highcpu-16, n1-highcpu-32",
  ]);
  expect(model("machineType: n1-standard-4, acceleratorType: NVIDIA_L4")).toEqual([
    "teams/churn/team.yaml:6:64 serving.models.propensity.acceleratorType: must fit machine type 'n1-standard-4', which takes 1, 2 or 4 NVIDIA_TESLA_P100, 1, 2, 4 or 8 NVIDIA_TESLA_V100, 1, 2 or 4 NVIDIA_TESLA_P4, 1, 2 or 4 NVIDIA_TESLA_T4, got 'NVIDIA_L4': machine types that take it: g2-standard-4, g2-standard-8, g2-standard-12, g2-standard-16, g2-standard-24, g2-standard-32, g2-standard-48, g2-standard-96",
  ]);
});

test("a count that the machine type does not take is refused", () => {
  expect(model("machineType: n1-standard-4, acceleratorType: NVIDIA_TESLA_T4, acceleratorCount: 3")).toEqual([
    "teams/churn/team.yaml:6:99 serving.models.propensity.acceleratorCount: must be 1, 2 or 4 for NVIDIA_TESLA_T4 on machine type 'n1-standard-4', got 3",
  ]);
  expect(model("machineType: g2-standard-24, acceleratorType: NVIDIA_L4")).toEqual([
    "teams/churn/team.yaml:6:5 serving.models.propensity.acceleratorCount: must be 2 for NVIDIA_L4 on machine type 'g2-standard-24', got none, which means 1",
  ]);
});

test("machine types made for accelerators need theirs", () => {
  expect(model("machineType: g2-standard-4")).toEqual([
    "teams/churn/team.yaml:6:5 serving.models.propensity.acceleratorType: is missing: machine type 'g2-standard-4' takes 1 NVIDIA_L4",
  ]);
});

test("a count needs a type", () => {
  expect(model("acceleratorCount: 2")).toEqual([
    "teams/churn/team.yaml:6:37 serving.models.propensity.acceleratorCount: needs acceleratorType, got only the count 2: add the type, or remove the count",
  ]);
});

test("TPU machine types take no accelerator type and no count", () => {
  expect(
    model("machineType: ct5lp-hightpu-4t, maxReplicaCount: 1, acceleratorType: TPU_V5_LITEPOD, acceleratorCount: 4"),
  ).toEqual([
    "teams/churn/team.yaml:6:87 serving.models.propensity.acceleratorType: must be absent, got 'TPU_V5_LITEPOD': machine type 'ct5lp-hightpu-4t' brings its own TPU chips",
    "teams/churn/team.yaml:6:121 serving.models.propensity.acceleratorCount: must be absent, got '4': machine type 'ct5lp-hightpu-4t' brings its own TPU chips",
  ]);
});

test("an accelerator that training alone takes is refused in serving", () => {
  expect(model("machineType: n1-standard-4, acceleratorType: TPU_V3")).toEqual([
    "environments/dev.yaml:9:11 quotas.serving.TPU_V3: must be at least 4, got none: declare it or lower a maxReplicaCount (churn/propensity 1 x maxReplicaCount 2 x 2 versions during a rollout = 4)",
    "teams/churn/team.yaml:6:64 serving.models.propensity.acceleratorType: must fit machine type 'n1-standard-4', which takes 1, 2 or 4 NVIDIA_TESLA_P100, 1, 2, 4 or 8 NVIDIA_TESLA_V100, 1, 2 or 4 NVIDIA_TESLA_P4, 1, 2 or 4 NVIDIA_TESLA_T4, got 'TPU_V3': machine types that take it: none",
  ]);
});
