import { environments, teamDefaults } from "./layers";
import type { Place } from "./problem";
import { find, keyPlaceOf, type MappingNode, type Path } from "./source/node";
import { readProject } from "./source/project";

/** A setting of an environment, or of a team in it. */
export interface Setting {
  readonly environment: string;
  /** @default - a setting of the environment itself */
  readonly team?: string;
  readonly path: Path;
}

/** Where a setting is written, or else what holds it; `undefined` where neither is written anywhere. */
export function settingPlace(root: string, { environment, team, path }: Setting): Place | undefined {
  const project = readProject(root, () => undefined);
  const settings = project.environments.get(environment);
  const own = team === undefined ? undefined : project.teams.get(team)?.node;
  const layers: readonly (readonly [MappingNode | undefined, Path])[] =
    team === undefined
      ? [[settings, []]]
      : [
          [own, []],
          [own, [environments, environment]],
          [settings, [teamDefaults]],
        ];
  for (let length = path.length; length > 0; length--) {
    for (const [node, prefix] of layers) {
      const full = [...prefix, ...path.slice(0, length)];
      if (node && find(node, full)) {
        return keyPlaceOf(node, ...full);
      }
    }
  }
  return undefined;
}
