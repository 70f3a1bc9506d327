import { didYouMean, listNames } from "../nearest";
import type { Report } from "../problem";
import type { ExperimentConfig } from "../schema/experiments";
import { entries, keyPlaceOf, type Node, placeOf } from "../source/node";
import type { Rule } from "./rule";

/** As many as the ratio check knows quantiles for. */
const mostGroups = 10;

/** Every unit of an experiment gets into one group, which something of the team answers for. */
export const experimentGroups: Rule = ({ teams }, report) => {
  for (const { workloads, node } of teams) {
    for (const [name, experiment] of Object.entries(workloads.experiments)) {
      checkGroups(name, experiment, node, report);
      for (const [group, settings] of Object.entries(experiment.groups)) {
        checkAnswerer([name, "groups", group], settings, node, report);
      }
    }
  }
};

function checkGroups(name: string, { groups, control }: ExperimentConfig, node: Node, report: Report): void {
  const place = keyPlaceOf(node, "experiments", name, "groups");
  const names = Object.keys(groups);
  if (names.length < 2 || names.length > mostGroups) {
    report(place, `must be 2 to ${mostGroups} groups, got ${names.length}`);
    return;
  }
  const shares = Object.entries(groups).map(([group, { share }]) => `${group} ${share}`);
  const sum = Object.values(groups).reduce((total, { share }) => total + Math.round(share * 100), 0) / 100;
  if (sum !== 100) {
    report(place, `must have shares that sum to 100, got ${shares.join(" + ")} = ${sum}`);
  }
  if (!Object.hasOwn(groups, control)) {
    report(
      placeOf(node, "experiments", name, "control"),
      `must be a group of the experiment, got '${control}'${didYouMean(control, names) || ","} groups: ${listNames(names, control)}`,
    );
  }
}

function checkAnswerer(
  path: readonly string[],
  { service, model }: ExperimentConfig["groups"][string],
  node: Node,
  report: Report,
): void {
  if ((service === undefined) === (model === undefined)) {
    const got = service === undefined ? "neither" : "both";
    report(keyPlaceOf(node, "experiments", ...path), `must name either a service or a model, got ${got}`);
    return;
  }
  const [kind, name] = service === undefined ? (["model", model!] as const) : (["service", service] as const);
  const names = entries(node, "serving", `${kind}s`).map(([each]) => each);
  if (!names.includes(name)) {
    report(
      placeOf(node, "experiments", ...path, kind),
      `must be a ${kind} of the team, got '${name}'${didYouMean(name, names) || ","} ${kind}s: ${listNames(names, name)}`,
    );
  }
}
