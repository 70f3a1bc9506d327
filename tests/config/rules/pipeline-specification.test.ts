import { problems, team } from "../support/project";
import { pipelineFiles, specification } from "../support/specification";

const inSpecification = (content: string) => problems(pipelineFiles(content));
const run = (name: string, rest: object = {}) => ({ componentRef: { name }, ...rest });

const components = {
  "comp-prepare": {
    executorLabel: "prepare",
    inputDefinitions: { parameters: { days: { parameterType: "NUMBER_INTEGER" } } },
    outputDefinitions: { artifacts: { dataset: {} }, parameters: { rows: {} } },
  },
  "comp-train": { executorLabel: "train", inputDefinitions: { artifacts: { dataset: {} } } },
};
const executors = { prepare: { container: { image: "trainer" } }, train: { container: { image: "trainer" } } };
const prepare = run("comp-prepare", { inputs: { parameters: { days: { componentInputParameter: "days" } } } });
const trainOn = (producerTask: string, outputArtifactKey: string) =>
  run("comp-train", {
    inputs: { artifacts: { dataset: { taskOutputArtifact: { producerTask, outputArtifactKey } } } },
  });
const parameters = { days: { parameterType: "NUMBER_INTEGER", defaultValue: 30 } };

test("a compiled pipeline passes", () => {
  const tasks = { prepare, train: { ...trainOn("prepare", "dataset"), dependentTasks: ["prepare"] } };

  expect(inSpecification(specification({ tasks, components, executors, parameters }))).toEqual([]);
});

test("JSON is a specification too", () => {
  const content = JSON.stringify({
    pipelineInfo: { name: "training" },
    schemaVersion: "2.1.0",
    root: { dag: { tasks: {} } },
    components: {},
    deploymentSpec: { executors: {} },
  });

  expect(
    problems({
      "teams/churn/team.yaml": team("pipelines:\n  training: { specification: t.json, schedule: 0 3 * * 1 }\n"),
      "teams/churn/t.json": content,
    }),
  ).toEqual([]);
});

test("every part must be there", () => {
  expect(inSpecification("pipelineInfo: {}\nroot: []\n")).toEqual([
    "teams/churn/training.yaml:1:1 components: is missing: the components that its tasks run: compile the pipeline again with the KFP compiler",
    "teams/churn/training.yaml:1:1 deploymentSpec.executors: is missing: the containers of its components: compile the pipeline again with the KFP compiler",
    "teams/churn/training.yaml:1:1 pipelineInfo.name: is missing: the pipeline's name: compile the pipeline again with the KFP compiler",
    "teams/churn/training.yaml:1:1 schemaVersion: is missing: the version of the specification's format, such as 2.1.0: compile the pipeline again with the KFP compiler",
    "teams/churn/training.yaml:2:1 root.dag.tasks: is missing: the pipeline's tasks: compile the pipeline again with the KFP compiler",
  ]);
  expect(inSpecification("- a\n")).toEqual(["teams/churn/training.yaml:1:1: must be a mapping, got a list"]);
});

test("a pipeline job is not a specification", () => {
  expect(inSpecification("displayName: training\npipelineSpec: {}\n")).toEqual([
    "teams/churn/training.yaml:2:15 pipelineSpec: must be a specification, got a pipeline job: keep only what is below 'pipelineSpec'",
  ]);
});

test("a file that is neither JSON nor YAML is refused", () => {
  expect(
    problems({
      "teams/churn/team.yaml": team("pipelines:\n  training: { specification: train.py, schedule: 0 3 * * 1 }\n"),
      "teams/churn/train.py": "print()",
    }),
  ).toEqual([
    "teams/churn/team.yaml:5:30 pipelines.training.specification: must be a .yaml, .yml or .json file, got 'train.py'",
  ]);
});

test("tasks name components that exist", () => {
  expect(inSpecification(specification({ tasks: { train: run("comp-trian"), nothing: {} } }))).toEqual([
    "teams/churn/training.yaml:9:17 root.dag.tasks.train.componentRef.name: must be a component, got 'comp-trian', did you mean 'comp-train'? there is: comp-train",
    "teams/churn/training.yaml:10:7 root.dag.tasks.nothing.componentRef.name: is missing: the component that the task runs",
  ]);
});

test("components name executors that exist", () => {
  expect(
    inSpecification(specification({ components: { "comp-train": { executorLabel: "trian" }, "comp-empty": {} } })),
  ).toEqual([
    "teams/churn/training.yaml:12:20 components.comp-train.executorLabel: must be an executor, got 'trian', did you mean 'train'? there is: train",
    "teams/churn/training.yaml:13:3 components.comp-empty.executorLabel: is missing: a component has either 'executorLabel' or 'dag'",
  ]);
});

test("tasks wait for tasks of their own graph, not for each other", () => {
  const tasks = {
    a: run("comp-train", { dependentTasks: ["b"] }),
    b: run("comp-train", { dependentTasks: ["a"] }),
    c: run("comp-train", { dependentTasks: ["prepare"] }),
  };

  expect(inSpecification(specification({ tasks }))).toEqual([
    "teams/churn/training.yaml:11:11 root.dag.tasks.a.dependentTasks: must not lead back to the task, got a circle through 'b'",
    "teams/churn/training.yaml:16:11 root.dag.tasks.b.dependentTasks: must not lead back to the task, got a circle through 'a'",
    "teams/churn/training.yaml:21:13 root.dag.tasks.c.dependentTasks[0]: must be a task of the same graph, got 'prepare', there is: a, b, c",
  ]);
});

test("inputs come from tasks and outputs that exist", () => {
  expect(
    inSpecification(
      specification({ tasks: { prepare, train: trainOn("prepaer", "dataset") }, components, executors, parameters }),
    ),
  ).toEqual([
    "teams/churn/training.yaml:26:31 root.dag.tasks.train.inputs.artifacts.dataset.taskOutputArtifact.producerTask: must be a task of the same graph, got 'prepaer', did you mean 'prepare'? there is: prepare, train",
  ]);
  expect(
    inSpecification(
      specification({ tasks: { prepare, train: trainOn("prepare", "data") }, components, executors, parameters }),
    ),
  ).toEqual([
    "teams/churn/training.yaml:27:36 root.dag.tasks.train.inputs.artifacts.dataset.taskOutputArtifact.outputArtifactKey: must be an output of 'comp-prepare', got 'data', did you mean 'dataset'? there is: dataset",
  ]);
});

test("inputs of the pipeline must be declared", () => {
  expect(inSpecification(specification({ tasks: { prepare }, components, executors }))).toEqual([
    "teams/churn/training.yaml:13:40 root.dag.tasks.prepare.inputs.parameters.days.componentInputParameter: must be an input parameter of the graph, got 'days', there is: none",
  ]);
});

test("graphs inside components are checked too", () => {
  const nested = { ...components, "comp-loop": { dag: { tasks: { inner: run("comp-missing") } } } };

  expect(inSpecification(specification({ tasks: { loop: run("comp-loop") }, components: nested, executors }))).toEqual([
    "teams/churn/training.yaml:32:19 components.comp-loop.dag.tasks.inner.componentRef.name: must be a component, got 'comp-missing', there is: comp-prepare, comp-train, comp-loop",
  ]);
});
