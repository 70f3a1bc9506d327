import { placeOf } from "../source/node";
import type { EnvironmentFacts, Rule } from "./rule";

/** Every environment has a project to itself: names inside a project do not say which environment they belong to. */
export const projectsDiffer: Rule = ({ environments }, report) => {
  for (const key of ["project", "projectNumber"] as const) {
    const first = new Map<string, EnvironmentFacts>();
    for (const environment of environments) {
      const value = environment.settings[key];
      const other = value === undefined ? undefined : first.get(value);
      if (other) {
        report(
          placeOf(environment.node, key),
          `must differ from that of environment '${other.name}', got '${value}': give every environment a project of its own`,
        );
      } else if (value !== undefined) {
        first.set(value, environment);
      }
    }
  }
};
