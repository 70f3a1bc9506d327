import type { Place } from "./problem";
import { entries, find, type Node, placeOf, text } from "./source/node";

/** A step of a pipeline that asks for accelerators. */
export interface AcceleratorStep {
  /** Name of the executor that runs it. */
  readonly executor: string;
  readonly type: string;
  readonly count: number;
  /** The count as it is written. */
  readonly countText: string;
  readonly typePlace: Place;
  readonly countPlace: Place;
}

/** Names of a specification's executors. */
export function executorNames(specification: Node): string[] {
  return entries(specification, "deploymentSpec", "executors").map(([name]) => name);
}

/** What an executor asks for; `undefined` where that is nothing, or is decided when the pipeline runs. */
export function acceleratorOf(specification: Node, executor: string): AcceleratorStep | undefined {
  const node = find(specification, ["deploymentSpec", "executors", executor, "container", "resources", "accelerator"]);
  const type = scalar(node, "type") ?? scalar(node, "resourceType");
  if (node === undefined || type === undefined || type.includes("{{")) {
    return undefined;
  }
  const count = scalar(node, "count") ?? scalar(node, "resourceCount") ?? "1";
  return {
    executor,
    type,
    count: count.includes("{{") ? 1 : Number(count),
    countText: count,
    typePlace: placeOf(node, find(node, ["type"]) ? "type" : "resourceType"),
    countPlace: placeOf(node, find(node, ["count"]) ? "count" : "resourceCount"),
  };
}

/**
 * Accelerator steps of a pipeline with the copies of each that may run at once: a component that two tasks use counts
 * twice, and a loop counts as often as it runs in parallel, as far as the specification says so.
 */
export function acceleratorSteps(specification: Node): { readonly step: AcceleratorStep; readonly copies: number }[] {
  const walk = (
    component: Node | undefined,
    copies: number,
    above: readonly string[],
  ): ReturnType<typeof acceleratorSteps> =>
    entries(component, "dag", "tasks").flatMap(([, { value: task }]) => {
      const name = text(task, "componentRef", "name") ?? "";
      const inner = find(specification, ["components", name]);
      // A component inside itself is reported elsewhere.
      if (inner === undefined || above.includes(name)) {
        return [];
      }
      const parallel = copies * iterations(task);
      const executor = text(inner, "executorLabel");
      const step = executor === undefined ? undefined : acceleratorOf(specification, executor);
      return [...(step ? [{ step, copies: parallel }] : []), ...walk(inner, parallel, [...above, name])];
    });
  return walk(find(specification, ["root"]), 1, []);
}

/** Parameters that a pipeline is started with. */
export function rootParameters(specification: Node): [string, Node][] {
  return entries(specification, "root", "inputDefinitions", "parameters").map(([name, { value }]) => [name, value]);
}

function iterations(task: Node): number {
  const limit = Number(scalar(task, "iteratorPolicy", "parallelismLimit") ?? 0);
  const literal = text(task, "parameterIterator", "items", "raw");
  const known = literal === undefined ? 0 : lengthOf(literal);
  return Math.max(1, limit > 0 && known > 0 ? Math.min(limit, known) : limit || known);
}

function lengthOf(literal: string): number {
  try {
    const value: unknown = JSON.parse(literal);
    return Array.isArray(value) ? value.length : 0;
  } catch {
    return 0;
  }
}

function scalar(node: Node | undefined, ...path: string[]): string | undefined {
  const found = find(node, path);
  return found?.kind === "scalar" && found.value !== null ? String(found.value) : undefined;
}
