import { didYouMean, listNames } from "../nearest";
import { overridesOf } from "../layers";
import type { Report } from "../problem";
import { name } from "../schema/values";
import { items, text } from "../source/node";
import type { Facts, Rule } from "./rule";

/** Environments list teams that exist, once; every team is somewhere; overrides are for where the team is. */
export const teamMembership: Rule = (facts, report) => {
  const listed = checkLists(facts, report);
  for (const [team, node] of facts.teamFiles) {
    const homes = facts.environments.filter(({ name }) => listed.get(name)?.has(team)).map(({ name }) => name);
    if (homes.length === 0 && allListsAreRead(facts)) {
      report(
        node.place,
        `is in no environment: add '- ${team}' to 'teams' of an environment (${environmentFiles(facts)}), or remove the folder once its stacks are destroyed`,
      );
    }
    for (const [environment, { key }] of overridesOf(node)) {
      if (!facts.environmentNames.includes(environment)) {
        const near = didYouMean(environment, facts.environmentNames);
        report(
          key,
          `must be an environment, got '${environment}'${near || ","} allowed: ${listNames(facts.environmentNames)}`,
        );
      } else if (listed.has(environment) && !homes.includes(environment)) {
        report(
          key,
          `must be an environment of the team, got '${environment}': add '- ${team}' to 'teams' of environments/${environment}.yaml, or remove the override`,
        );
      }
    }
  }
};

/** Reports what is wrong with the lists; returns the teams of every environment. */
function checkLists({ environments, teamNames }: Facts, report: Report): Map<string, ReadonlySet<string>> {
  const listed = new Map<string, ReadonlySet<string>>();
  for (const { name: environment, node } of environments) {
    const teams = new Set<string>();
    for (const item of items(node, "teams")) {
      const team = text(item);
      if (team === undefined || !name(12).safeParse(team).success) {
        continue;
      }
      if (teams.has(team)) {
        report(item.place, `is listed twice, got '${team}' again: remove one`);
      } else if (!teamNames.includes(team)) {
        const near = didYouMean(team, teamNames);
        report(
          item.place,
          `must be a folder below teams/, got '${team}'${near || ","} folders: ${listNames(teamNames, team)}`,
        );
      }
      teams.add(team);
    }
    listed.set(environment, teams);
  }
  return listed;
}

/** What an environment lists whose file is broken is not known. */
function allListsAreRead({ environments, environmentNames }: Facts): boolean {
  return environments.length === environmentNames.length && environments.every(({ settings }) => settings.teams);
}

function environmentFiles({ environmentNames }: Facts): string {
  return environmentNames.map((environment) => `environments/${environment}.yaml`).join(", ");
}
