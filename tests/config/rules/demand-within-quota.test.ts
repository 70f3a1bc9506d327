import { environment, problems, team } from "../support/project";
import { executor, pipelineFiles, specification } from "../support/specification";

const l4 = (name: string, maxReplicaCount: number) =>
  `    ${name}: { machineType: g2-standard-4, acceleratorType: NVIDIA_L4, maxReplicaCount: ${maxReplicaCount} }\n`;
const models = (...lines: string[]) => team(`serving:\n  models:\n${lines.join("")}`);
const quotas = (content: string) => environment({}, `quotas:\n  ${content}\n`);

test("demand equal to the quota passes", () => {
  expect(
    problems({
      "environments/dev.yaml": quotas("serving: { NVIDIA_L4: 8 }"),
      "teams/churn/team.yaml": models(l4("propensity", 4)),
    }),
  ).toEqual([]);
});

test("models of all teams count, twice each, at the quota", () => {
  const files = {
    "environments/dev.yaml": environment({ teams: "[churn, fraud]" }, "quotas:\n  serving:\n    NVIDIA_L4: 8\n"),
    "teams/churn/team.yaml": models(l4("propensity", 4), l4("winback", 1)),
    "teams/fraud/team.yaml": models(l4("scoring", 2)),
  };

  expect(problems(files)).toEqual([
    "environments/dev.yaml:11:16 quotas.serving.NVIDIA_L4: must be at least 14, got 8: raise it or lower a maxReplicaCount (churn/propensity 1 x maxReplicaCount 4 x 2 versions during a rollout = 8; churn/winback 1 x maxReplicaCount 1 x 2 versions during a rollout = 2; fraud/scoring 1 x maxReplicaCount 2 x 2 versions during a rollout = 4)",
  ]);
});

test("accelerators of batch predictions count once, beside what serves", () => {
  const batch = `    propensity:
      batch: { schedule: 0 5 * * *, input: a.b, machineType: g2-standard-4, acceleratorType: NVIDIA_L4, maxReplicaCount: 3 }
`;
  const files = {
    "environments/dev.yaml": quotas("serving: { NVIDIA_L4: 3 }"),
    "teams/churn/team.yaml": models(batch),
  };
  expect(problems(files)).toEqual([]);
  expect(problems({ ...files, "environments/dev.yaml": quotas("serving: { NVIDIA_L4: 2 }") })).toEqual([
    "environments/dev.yaml:10:25 quotas.serving.NVIDIA_L4: must be at least 3, got 2: raise it or lower a maxReplicaCount (churn/propensity 1 x maxReplicaCount 3 in batch predictions = 3)",
  ]);
});

test("a quota that is not declared is none, at the nearest key", () => {
  const files = { "teams/churn/team.yaml": models(l4("propensity", 1)) };

  expect(problems(files)).toEqual([
    "environments/dev.yaml:1:1 quotas.serving.NVIDIA_L4: must be at least 2, got none: declare it or lower a maxReplicaCount (churn/propensity 1 x maxReplicaCount 1 x 2 versions during a rollout = 2)",
  ]);
  expect(problems({ ...files, "environments/dev.yaml": quotas("protected: true") })).toEqual([
    "environments/dev.yaml:9:1 quotas.serving.NVIDIA_L4: must be at least 2, got none: declare it or lower a maxReplicaCount (churn/propensity 1 x maxReplicaCount 1 x 2 versions during a rollout = 2)",
  ]);
  expect(problems({ ...files, "environments/dev.yaml": quotas("serving: {}") })).toEqual([
    "environments/dev.yaml:10:3 quotas.serving.NVIDIA_L4: must be at least 2, got none: declare it or lower a maxReplicaCount (churn/propensity 1 x maxReplicaCount 1 x 2 versions during a rollout = 2)",
  ]);
});

test("chips of TPU machine types count", () => {
  expect(
    problems({
      "environments/dev.yaml": quotas("serving: { TPU_V5_LITEPOD: 15 }"),
      "teams/churn/team.yaml": models(
        "    propensity: { machineType: ct5lp-hightpu-4t, minReplicaCount: 2, maxReplicaCount: 2 }\n",
      ),
    }),
  ).toEqual([
    "environments/dev.yaml:10:30 quotas.serving.TPU_V5_LITEPOD: must be at least 16, got 15: raise it or lower a maxReplicaCount (churn/propensity 4 x maxReplicaCount 2 x 2 versions during a rollout = 16)",
  ]);
});

test("steps of pipelines count together, as often as they run at once", () => {
  const content = specification({
    tasks: {
      tune: { componentRef: { name: "comp-tune" }, iteratorPolicy: { parallelismLimit: 3 }, parameterIterator: {} },
      train: { componentRef: { name: "comp-train" } },
      again: { componentRef: { name: "comp-train" } },
      literal: { componentRef: { name: "comp-train" }, parameterIterator: { items: { raw: "[1, 2]" } } },
    },
    components: {
      "comp-tune": { dag: { tasks: { trial: { componentRef: { name: "comp-trial" } } } } },
      "comp-trial": { executorLabel: "trial" },
      "comp-train": { executorLabel: "train" },
    },
    executors: { trial: executor("NVIDIA_TESLA_T4", "2"), train: executor("NVIDIA_TESLA_T4", 1) },
  });

  expect(
    problems({ ...pipelineFiles(content), "environments/dev.yaml": quotas("training: { NVIDIA_TESLA_T4: 9 }") }),
  ).toEqual([
    "environments/dev.yaml:10:32 quotas.training.NVIDIA_TESLA_T4: must be at least 10, got 9: raise it or run fewer accelerators at once (churn/training trial 2 x 3 in parallel + train 1 + train 1 + train 1 x 2 in parallel = 10)",
  ]);
  expect(
    problems({ ...pipelineFiles(content), "environments/dev.yaml": quotas("training: { NVIDIA_TESLA_T4: 10 }") }),
  ).toEqual([]);
});

test("quotas of training and serving are apart", () => {
  expect(
    problems({
      "environments/dev.yaml": quotas("training: { NVIDIA_L4: 100 }"),
      "teams/churn/team.yaml": models(l4("propensity", 1)),
    }),
  ).toEqual([
    "environments/dev.yaml:9:1 quotas.serving.NVIDIA_L4: must be at least 2, got none: declare it or lower a maxReplicaCount (churn/propensity 1 x maxReplicaCount 1 x 2 versions during a rollout = 2)",
  ]);
});

test("a component inside itself does not count forever", () => {
  const content = specification({
    components: { "comp-train": { dag: { tasks: { again: { componentRef: { name: "comp-train" } } } } } },
  });

  expect(problems(pipelineFiles(content))).toEqual([]);
});
