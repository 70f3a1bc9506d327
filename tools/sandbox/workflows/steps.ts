import type { Place } from "../../../config/problem";
import type { Entry, MappingNode, Node } from "../../../config/source/node";
import { readAssignment } from "./assignments";
import { readCall } from "./calls";
import { constant } from "./code";
import { readNext } from "./jumps";
import { limits } from "./limits";
import { readLoop } from "./loops";
import { readParallel } from "./parallel";
import type { Action, Body, Case, Step, StepList } from "./program";
import { atMost, type Here, listOf, mappingOf, onlyEntry, required, shown, variableOf } from "./reading";
import { template } from "./templates";
import { readTry } from "./tries";

const actions = ["assign", "call", "for", "parallel", "raise", "return", "steps", "switch", "try"] as const;
const companions = { args: "call", result: "call", retry: "try", except: "try" } as const;
export const bodyKeys: readonly string[] = [...actions, ...Object.keys(companions), "next"];

/** A list of named steps. */
export function readSteps(node: Node | undefined, here: Here): StepList {
  const { report } = here.reading;
  const steps: Step[] = [];
  const list: StepList = { steps };
  const nodes = node && listOf(node, "'steps'", report);
  if (nodes?.items.length === 0) {
    report(nodes.place, "'steps' must have at least one step");
  }
  const entries = (nodes?.items ?? [])
    .map((item) => onlyEntry(item, "a step", report))
    .filter((entry) => entry !== undefined);
  const indexes = new Map<string, number>();
  entries.forEach(([name, { key }], index) => {
    if (indexes.has(name) || here.lists.some((outer) => outer.indexes.has(name))) {
      report(key, `a step around or beside this one is called '${name}' too: 'next' could not tell them apart`);
    }
    indexes.set(name, index);
  });
  const inner: Here = { ...here, lists: [{ list, indexes }, ...here.lists] };
  for (const [name, entry] of entries) {
    steps.push({ ...readBody(entry.value, entry.key, inner), name });
  }
  return list;
}

/** What a step, a condition or a `try` does. */
export function readBody(node: Node, place: Place, here: Here, extraKeys: readonly string[] = []): Body {
  const { report } = here.reading;
  const { line, column } = place;
  const mapping = mappingOf(node, "a step", [...bodyKeys, ...extraKeys], report);
  if (!mapping) {
    return { line, column, action: { kind: "none" } };
  }
  const kinds = actions.filter((action) => mapping.entries.has(action));
  const [kind] = kinds;
  const next = mapping.entries.get("next");
  if (kinds.length > 1) {
    report(
      mapping.entries.get(kinds[1]!)!.key,
      `a step does one thing, got ${kinds.map((name) => `'${name}'`).join(" and ")}`,
    );
  } else if (!kind && !next && extraKeys.length === 0) {
    report(place, `a step must have one of ${actions.join(", ")}, or 'next'`);
  } else if (next && (kind === "return" || kind === "raise")) {
    report(next.key, `'next' has no meaning beside '${kind}'`);
  }
  for (const [key, owner] of Object.entries(companions)) {
    const entry = mapping.entries.get(key);
    if (entry && !mapping.entries.has(owner)) {
      report(entry.key, `'${key}' has a meaning beside '${owner}' alone`);
    }
  }
  const body: Body = { line, column, action: kind ? readAction(kind, mapping, here) : { kind: "none" } };
  const completion = next && readNext(next, here);
  return completion ? { ...body, next: completion } : body;
}

function readAction(kind: (typeof actions)[number], mapping: MappingNode, here: Here): Action {
  const { report } = here.reading;
  const entry = mapping.entries.get(kind)!;
  switch (kind) {
    case "assign": {
      const items = listOf(entry.value, "'assign'", report)?.items ?? [];
      atMost(items.length, limits.assignments, "assignments", entry.key, report);
      return { kind, assignments: items.map((item) => readAssignment(item, here)).filter((one) => one !== undefined) };
    }
    case "call": {
      const call = readCall(entry, mapping.entries.get("args")?.value, here) ?? constant(null);
      const result = mapping.entries.get("result");
      const variable = result && variableOf(result.value, "'result'", report);
      if (variable === undefined) {
        return { kind, call };
      }
      here.names.assign(variable, result!.value.place);
      return { kind, call, result: variable };
    }
    case "switch":
      return { kind, cases: readCases(entry, here) };
    case "for":
      return {
        kind,
        loop: readLoop(entry.value, here, { ...here, names: here.names.inside(), inside: "for", lists: [] }),
      };
    case "parallel":
      return readParallel(entry, here);
    case "try":
      return readTry(entry, mapping, here);
    case "steps":
      return { kind, list: readSteps(entry.value, here) };
    case "return":
      if (here.parallels > 0) {
        report(entry.key, "'return' is not allowed inside of a parallel step: assign a shared variable");
      }
      return { kind, value: template(entry.value, here) };
    case "raise":
      if (entry.value.kind === "list" || (entry.value.kind === "scalar" && typeof entry.value.value !== "string")) {
        report(entry.value.place, `'raise' must be text, an expression or a mapping, got ${shown(entry.value)}`);
      }
      return { kind, value: template(entry.value, here) };
  }
}

function readCases(entry: Entry, here: Here): Case[] {
  const { report } = here.reading;
  const items = listOf(entry.value, "'switch'", report)?.items ?? [];
  atMost(items.length, limits.conditions, "conditions", entry.key, report);
  return items.map((item) => {
    const condition = item.kind === "mapping" ? required(item, "condition", "an entry of 'switch'", report) : undefined;
    if (
      condition?.kind === "scalar" &&
      typeof condition.value !== "boolean" &&
      !String(condition.value).includes("${")
    ) {
      report(condition.place, `'condition' must be an expression, true or false, got ${shown(condition)}`);
    }
    return {
      condition: condition ? template(condition, here) : constant(false),
      body: readBody(item, item.place, here, ["condition"]),
    };
  });
}
