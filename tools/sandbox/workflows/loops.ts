import type { Node } from "../../../config/source/node";
import { constant } from "./code";
import type { Loop } from "./program";
import { type Here, mappingOf, required, variableOf } from "./reading";
import { readSteps } from "./steps";
import { template } from "./templates";

/** What stands under `for`: cloud.google.com/workflows/docs/reference/syntax/iteration */
export function readLoop(node: Node, outside: Here, inside: Here): Loop {
  const { report } = outside.reading;
  const empty: Loop = { value: "", over: "in", items: constant([]), list: { steps: [] } };
  const mapping = mappingOf(node, "'for'", ["value", "index", "in", "range", "steps"], report);
  if (!mapping) {
    return empty;
  }
  const value = required(mapping, "value", "'for'", report);
  const index = mapping.entries.get("index");
  const [list, range] = [mapping.entries.get("in"), mapping.entries.get("range")];
  if ((list === undefined) === (range === undefined)) {
    report(mapping.place, "'for' must have one of 'in' and 'range'");
  } else if (index && range) {
    report(index.key, "'index' has a meaning beside 'in' alone");
  }
  const over = (list ?? range)?.value;
  const bounds = range?.value.kind === "list" ? range.value.items : undefined;
  if (range && bounds && !(bounds.length === 2 && bounds.every(isNumeric))) {
    report(range.value.place, "'range' must be a list of two numbers, or one expression such as ${[first, last]}");
  }
  const valueName = value && variableOf(value, "'value'", report);
  const indexName = index && variableOf(index.value, "'index'", report);
  for (const [name, entry] of [
    [valueName, value],
    [indexName, index?.value],
  ] as const) {
    if (name !== undefined) {
      inside.names.iterate(name, entry!.place);
    }
  }
  const steps = required(mapping, "steps", "'for'", report);
  return {
    value: valueName ?? "",
    ...(indexName === undefined ? {} : { index: indexName }),
    over: range ? "range" : "in",
    items: over ? template(over, outside) : constant([]),
    list: readSteps(steps, inside),
  };
}

function isNumeric(node: Node): boolean {
  return node.kind === "scalar" && typeof node.value === "number";
}
