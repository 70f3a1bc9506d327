import type { Place } from "../../../config/problem";
import type { Entry, MappingNode } from "../../../config/source/node";
import { limits } from "./limits";
import { readLoop } from "./loops";
import type { Branch, Parallel } from "./program";
import { atMost, type Here, listOf, mappingOf, onlyEntry, required, shown, variableOf } from "./reading";
import { readSteps } from "./steps";
import { template } from "./templates";

/** cloud.google.com/workflows/docs/reference/syntax/parallel-steps */
export function readParallel(entry: Entry, here: Here): Parallel {
  const { report } = here.reading;
  const keys = ["shared", "concurrency_limit", "exception_policy", "branches", "for"];
  const mapping = mappingOf(entry.value, "'parallel'", keys, report);
  if (!mapping) {
    return { kind: "parallel", shared: new Set(), work: [] };
  }
  if (here.parallels >= limits.parallelNesting) {
    report(entry.key, `'parallel' may be nested ${limits.parallelNesting} deep at most`);
  }
  const [branches, loop] = [mapping.entries.get("branches"), mapping.entries.get("for")];
  if ((branches === undefined) === (loop === undefined)) {
    report(entry.key, "'parallel' must have one of 'branches' and 'for'");
  }
  const policy = mapping.entries.get("exception_policy")?.value;
  if (policy && !(policy.kind === "scalar" && policy.value === "continueAll")) {
    report(policy.place, `'exception_policy' must be continueAll, got ${shown(policy)}: the service has no other`);
  }
  const shared = readShared(mapping, here);
  const limit = mapping.entries.get("concurrency_limit");
  const inner: Here = { ...here, lists: [], parallels: here.parallels + 1, inside: "branch" };
  return {
    kind: "parallel",
    shared: new Set(shared.keys()),
    ...(limit ? { limit: template(limit.value, here) } : {}),
    work: loop
      ? readLoop(loop.value, here, { ...inner, inside: "parallel for", names: here.names.inside(shared) })
      : readBranches(branches, inner, shared),
  };
}

function readShared(mapping: MappingNode, here: Here): Map<string, Place> {
  const { report } = here.reading;
  const shared = new Map<string, Place>();
  const node = mapping.entries.get("shared")?.value;
  for (const item of (node && listOf(node, "'shared'", report)?.items) ?? []) {
    const name = variableOf(item, "an entry of 'shared'", report);
    if (name !== undefined) {
      shared.set(name, item.place);
    }
  }
  return shared;
}

function readBranches(entry: Entry | undefined, here: Here, shared: ReadonlyMap<string, Place>): Branch[] {
  const { report } = here.reading;
  const items = (entry && listOf(entry.value, "'branches'", report)?.items) ?? [];
  if (entry) {
    atMost(items.length, limits.branches, "branches", entry.key, report);
  }
  return items
    .map((item) => onlyEntry(item, "a branch", report))
    .filter((branch) => branch !== undefined)
    .map(([name, { value }]) => {
      const mapping = mappingOf(value, "a branch", ["steps"], report);
      const steps = mapping && required(mapping, "steps", "a branch", report);
      return { name, list: readSteps(steps, { ...here, names: here.names.inside(shared) }) };
    });
}
