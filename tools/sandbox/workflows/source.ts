import { formatProblem, type Place, type Problem, Problems, type Report } from "../../../config/problem";
import type { Entry, Node } from "../../../config/source/node";
import { parseYaml } from "../../../config/source/yaml";
import { limits } from "./limits";
import { Names } from "./names";
import type { Program, Routine, RoutineParameter } from "./program";
import { type Here, listOf, mappingOf, onlyEntry, type Reading, required, variableOf } from "./reading";
import { readSteps } from "./steps";
import { blockingFunctions, functions } from "./stdlib/functions";
import { template } from "./templates";
import type { Value } from "./values";

/** Everything that is wrong with a workflow file: a line each, `file:line:column path: message`. */
export class WorkflowSourceError extends Error {
  override readonly name = "WorkflowSourceError";

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
  }
}

export interface ReadWorkflow {
  readonly program: Program | undefined;
  /** What the service would refuse, or what is not known here. */
  readonly problems: readonly Problem[];
  /** What works, and is better written otherwise. */
  readonly advice: readonly Problem[];
}

/** Reads a workflow. Throws a `WorkflowSourceError` with all problems. */
export function parseWorkflow(content: string, file: string): Program {
  const { program, problems } = readWorkflow(content, file);
  if (!program || problems.length > 0) {
    throw new WorkflowSourceError(problems);
  }
  return program;
}

export function readWorkflow(content: string, file: string): ReadWorkflow {
  const problems = new Problems();
  const advice = new Problems();
  const { report } = problems;
  const top: Place = { file, line: 1, column: 1, path: "" };
  const bytes = Buffer.byteLength(content);
  if (bytes > limits.sourceBytes) {
    report(top, `has ${bytes} bytes: the service takes at most ${limits.sourceBytes}`);
  }
  const root = parseYaml(file, content, report);
  const program = root && readProgram(root, file, report, advice.report);
  return { program, problems: problems.sorted(), advice: advice.sorted() };
}

function readProgram(root: Node, file: string, report: Report, advise: Report): Program | undefined {
  const entries = routineEntries(root, report);
  if (!entries.has("main")) {
    report(root.place, "must have a workflow 'main'");
    return undefined;
  }
  const calls = new Map([...entries.keys()].map((name) => [name, new Set<string>()]));
  const draft: Reading = { report, advise, calls, signatures: new Map() };
  const parameters = new Map([...entries].map(([name, entry]) => [name, readParameters(name, entry, draft)]));
  const signatures = new Map(
    [...parameters]
      .filter(([name]) => name !== "main")
      .map(([name, list]) => [
        name,
        list.map((parameter) => ({ name: parameter.name, optional: parameter.default !== undefined })),
      ]),
  );
  const reading: Reading = { ...draft, signatures };
  const routines = new Map<string, Routine>();
  for (const [name, entry] of entries) {
    routines.set(name, readRoutine(name, entry, parameters.get(name)!, reading));
  }
  adviseUnused(entries, calls, advise);
  return { file, routines };
}

/** A file is a list of steps, or `main` and subworkflows. */
function routineEntries(root: Node, report: Report): ReadonlyMap<string, Entry> {
  if (root.kind === "list") {
    const steps: Entry = { key: root.place, value: root };
    return new Map([
      [
        "main",
        { key: root.place, value: { kind: "mapping", place: root.place, entries: new Map([["steps", steps]]) } },
      ],
    ]);
  }
  return mappingOf(root, "a workflow file", undefined, report)?.entries ?? new Map<string, Entry>();
}

function readParameters(name: string, entry: Entry, reading: Reading): RoutineParameter[] {
  const { report } = reading;
  if (functions.has(name) || blockingFunctions.has(name)) {
    report(entry.key, `subworkflow '${name}' has the name of a function of the library: give it another`);
  }
  const node = mappingOf(entry.value, `'${name}'`, ["params", "steps"], report)?.entries.get("params")?.value;
  const items = (node && listOf(node, "'params'", report)?.items) ?? [];
  if (name === "main" && items.length > 1) {
    report(node!.place, `'main' takes one parameter, the argument of the execution, got ${items.length}`);
  }
  const nowhere: Here = {
    reading,
    routine: name,
    names: Names.ofRoutine(),
    lists: [],
    inside: "routine",
    parallels: 0,
  };
  return items.flatMap((item): RoutineParameter[] => {
    if (item.kind === "scalar") {
      const parameter = variableOf(item, "a parameter", report);
      return parameter === undefined ? [] : [{ name: parameter }];
    }
    const only = onlyEntry(item, "a parameter with a default", report);
    return only ? [{ name: only[0], default: defaultOf(only[1].value, nowhere) }] : [];
  });
}

function defaultOf(node: Node, here: Here): Value {
  if (JSON.stringify(node).includes("${")) {
    here.reading.report(node.place, "the default of a parameter must be a value, not an expression");
    return null;
  }
  return template(node, here).now(undefined as never);
}

function readRoutine(name: string, entry: Entry, parameters: RoutineParameter[], reading: Reading): Routine {
  const names = Names.ofRoutine();
  for (const parameter of parameters) {
    names.declare(parameter.name);
  }
  const mapping = entry.value.kind === "mapping" ? entry.value : undefined;
  const steps = mapping && required(mapping, "steps", `'${name}'`, reading.report);
  const list = readSteps(steps, { reading, routine: name, names, lists: [], inside: "routine", parallels: 0 });
  names.check(reading.report);
  return { name, parameters, steps: list };
}

function adviseUnused(
  entries: ReadonlyMap<string, Entry>,
  calls: ReadonlyMap<string, ReadonlySet<string>>,
  advise: Report,
): void {
  const reached = new Set(["main"]);
  for (const name of reached) {
    for (const called of calls.get(name) ?? []) {
      reached.add(called);
    }
  }
  for (const [name, { key }] of entries) {
    if (!reached.has(name)) {
      advise(key, `subworkflow '${name}' is never called: call it or remove it`);
    }
  }
}
