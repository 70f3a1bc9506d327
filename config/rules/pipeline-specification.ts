import { requireMapping } from "../check";
import { didYouMean, listNames } from "../nearest";
import type { Report } from "../problem";
import { entries, find, items, type Node, placeOf, text } from "../source/node";
import type { Rule } from "./rule";

/** A pipeline's specification is a compiled pipeline, complete, and every reference inside it leads somewhere. */
export const pipelineSpecification: Rule = ({ teams }, report) => {
  for (const { workloads, node, source } of teams) {
    for (const [name, { specification }] of Object.entries(workloads.pipelines)) {
      const content = source(specification.path);
      if (content === undefined) {
        report(
          placeOf(node, "pipelines", name, "specification"),
          `must be a .yaml, .yml or .json file, got '${specification.path.split("/").at(-1)}'`,
        );
      } else {
        checkSpecification(content, report);
      }
    }
  }
};

/** Parts without which Vertex AI refuses a specification. */
const parts = [
  { path: ["pipelineInfo", "name"], kind: "scalar", what: "the pipeline's name" },
  { path: ["schemaVersion"], kind: "scalar", what: "the version of the specification's format, such as 2.1.0" },
  { path: ["root", "dag", "tasks"], kind: "mapping", what: "the pipeline's tasks" },
  { path: ["components"], kind: "mapping", what: "the components that its tasks run" },
  { path: ["deploymentSpec", "executors"], kind: "mapping", what: "the containers of its components" },
] as const;

function checkSpecification(specification: Node, report: Report): void {
  if (!requireMapping(specification, report)) {
    return;
  }
  const inner = find(specification, ["pipelineSpec"]);
  if (inner) {
    report(
      placeOf(specification, "pipelineSpec"),
      "must be a specification, got a pipeline job: keep only what is below 'pipelineSpec'",
    );
    return;
  }
  for (const { path, kind, what } of parts) {
    const part = find(specification, path);
    if (part?.kind !== kind) {
      const wrong =
        part === undefined ? `is missing: ${what}` : `must be ${kind === "scalar" ? "text" : "a mapping"}: ${what}`;
      report(placeOf(specification, ...path), `${wrong}: compile the pipeline again with the KFP compiler`);
    }
  }
  const root = find(specification, ["root"]);
  if (root) {
    checkDag(root, specification, report);
  }
  for (const [name, { value: component }] of entries(specification, "components")) {
    if (find(component, ["dag"])) {
      checkDag(component, specification, report);
    } else {
      checkExecutor(name, specification, report);
    }
  }
}

function checkExecutor(component: string, specification: Node, report: Report): void {
  const path = ["components", component, "executorLabel"];
  const place = placeOf(specification, ...path);
  const label = text(specification, ...path);
  if (label === undefined) {
    report(place, "is missing: a component has either 'executorLabel' or 'dag'");
  } else {
    requireName(label, namesOf(specification, "deploymentSpec", "executors"), place, "an executor", report);
  }
}

/** Tasks of one graph see each other, the components of the specification, and the inputs of the graph. */
function checkDag(graph: Node, specification: Node, report: Report): void {
  const tasks = entries(graph, "dag", "tasks");
  const names = tasks.map(([name]) => name);
  const components = namesOf(specification, "components");
  for (const [name, { value: task }] of tasks) {
    const component = text(task, "componentRef", "name");
    const componentPlace = placeOf(graph, "dag", "tasks", name, "componentRef", "name");
    if (component === undefined) {
      report(componentPlace, "is missing: the component that the task runs");
    } else {
      requireName(component, components, componentPlace, "a component", report);
    }
    for (const [index, other] of items(task, "dependentTasks").entries()) {
      requireName(text(other) ?? "", names, placeOf(task, "dependentTasks", index), "a task of the same graph", report);
    }
    for (const kind of ["parameters", "artifacts"] as const) {
      for (const [, { value: input }] of entries(task, "inputs", kind)) {
        checkInput(input, kind, { graph, specification }, report);
      }
    }
  }
  for (const [from, to] of cycles(graph, names)) {
    report(
      placeOf(graph, "dag", "tasks", from, "dependentTasks"),
      `must not lead back to the task, got a circle through '${to}'`,
    );
  }
}

const references = {
  parameters: { own: "componentInputParameter", other: "taskOutputParameter", key: "outputParameterKey" },
  artifacts: { own: "componentInputArtifact", other: "taskOutputArtifact", key: "outputArtifactKey" },
} as const;

function checkInput(
  input: Node,
  kind: "parameters" | "artifacts",
  { graph, specification }: { readonly graph: Node; readonly specification: Node },
  report: Report,
): void {
  const { own, other, key } = references[kind];
  const inherited = text(input, own);
  if (inherited !== undefined) {
    const noun = kind === "parameters" ? "an input parameter" : "an input artifact";
    requireName(
      inherited,
      namesOf(graph, "inputDefinitions", kind),
      placeOf(input, own),
      `${noun} of the graph`,
      report,
    );
  }
  const producer = text(input, other, "producerTask");
  if (producer === undefined) {
    return;
  }
  const tasks = namesOf(graph, "dag", "tasks");
  requireName(producer, tasks, placeOf(input, other, "producerTask"), "a task of the same graph", report);
  const component = text(graph, "dag", "tasks", producer, "componentRef", "name") ?? "";
  const output = text(input, other, key);
  if (output !== undefined && find(specification, ["components", component])) {
    const outputs = namesOf(specification, "components", component, "outputDefinitions", kind);
    requireName(output, outputs, placeOf(input, other, key), `an output of '${component}'`, report);
  }
}

function requireName(
  name: string,
  names: readonly string[],
  place: Parameters<Report>[0],
  what: string,
  report: Report,
): void {
  if (!names.includes(name)) {
    report(
      place,
      `must be ${what}, got '${name}'${didYouMean(name, names) || ","} there is: ${listNames(names, name)}`,
    );
  }
}

/** Tasks that wait for themselves, each with the task it waits for. */
function cycles(graph: Node, names: readonly string[]): [string, string][] {
  const waitsFor = (name: string) =>
    items(graph, "dag", "tasks", name, "dependentTasks").flatMap((item) => text(item) ?? []);
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set<string>();
    const open = [from];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (name === to) {
        return true;
      }
      if (!seen.has(name)) {
        seen.add(name);
        open.push(...waitsFor(name));
      }
    }
    return false;
  };
  return names.flatMap((name) => {
    const through = waitsFor(name).find((other) => reaches(other, name));
    return through === undefined ? [] : [[name, through] as [string, string]];
  });
}

function namesOf(node: Node, ...path: string[]): string[] {
  return entries(node, ...path).map(([name]) => name);
}
