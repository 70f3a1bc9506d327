import { checkProject } from "./check-project";
import type { PlatformConfig } from "./platform";
import { formatProblem, Problems } from "./problem";
import { rules } from "./rules";
import { environmentNames, readProject } from "./source/project";
import { unknownEnvironment } from "./unknown-environment";

export { explain, type ExplainResult } from "./explain";
export { jsonSchemas } from "./json-schemas";
export { type Setting, settingPlace } from "./setting-place";
export { environmentNames } from "./source/project";

/** An environment, or a line for each of the problems there are. */
export type LoadResult = { ok: true; platform: PlatformConfig } | { ok: false; problems: readonly string[] };

/** Name of the environment that a process is to work on; production must be named. */
export function requestedEnvironment(env: NodeJS.ProcessEnv): string {
  // A CI job that forgot to fill the variable sets it to nothing.
  return env["MLP_ENVIRONMENT"] || "sandbox";
}

/** Reads and checks all environments and teams below `root`, and returns one environment; or all problems there are. */
export function loadPlatform(root: string, environmentName: string): LoadResult {
  const names = environmentNames(root);
  if (!names.includes(environmentName)) {
    return { ok: false, problems: [unknownEnvironment(environmentName, names)] };
  }
  const problems = new Problems();
  const { platforms, facts } = checkProject(readProject(root, problems.report), problems.report);
  for (const rule of rules) {
    rule(facts, problems.report);
  }
  const platform = platforms.get(environmentName);
  return problems.size === 0 && platform
    ? { ok: true, platform }
    : { ok: false, problems: problems.sorted().map(formatProblem) };
}
