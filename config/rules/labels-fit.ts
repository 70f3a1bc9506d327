import { entries, keyPlaceOf, type MappingNode } from "../source/node";
import type { Report } from "../problem";
import type { Rule } from "./rule";

/** Labels that the blueprint sets: on everything, on everything of a team, on runs of a pipeline. */
const own = ["environment", "team", "pipeline"];

/** Source: https://cloud.google.com/resource-manager/docs/labels-overview#requirements */
const mostOfAResource = 64;

/** Labels of an environment and a team fit one resource together, and say nothing that the blueprint says. */
export const labelsFit: Rule = ({ environments, teams }, report) => {
  for (const { node } of environments) {
    checkKeys(node, report);
    checkCount(node, new Set(keysOf(node)), report);
  }
  for (const { node, environment } of teams) {
    checkKeys(node, report);
    checkCount(node, new Set([...keysOf(environment.node), ...keysOf(node)]), report);
  }
};

function checkKeys(node: MappingNode, report: Report): void {
  for (const [key, { key: place }] of entries(node, "labels")) {
    if (own.includes(key)) {
      report(place, `is set by the blueprint, got '${key}' again: remove it or give it another name`);
    }
  }
}

function checkCount(node: MappingNode, keys: ReadonlySet<string>, report: Report): void {
  const most = mostOfAResource - own.length;
  if (keys.size > most) {
    report(
      keyPlaceOf(node, "labels"),
      `must be at most ${most} together with those of the environment, got ${keys.size}: remove some`,
    );
  }
}

function keysOf(node: MappingNode): string[] {
  return entries(node, "labels").map(([key]) => key);
}
