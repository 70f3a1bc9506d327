import { ApiError } from "../error";
import type { ModelVersion } from "./model";

/** Source: version_aliases in google/cloud/aiplatform/v1/model.proto */
const form = /^[a-z][a-zA-Z0-9-]{0,126}[a-z0-9]$/;

/**
 * Aliases of all versions after `changes` were made to one of them: `champion` moves that alias to it, `-champion` takes it away.
 * `default` moves, and cannot be taken away: exactly one version has it.
 */
export function mergeAliases(
  versions: readonly ModelVersion[],
  target: ModelVersion,
  changes: readonly string[],
  now: number,
): ModelVersion[] {
  const added = changes.filter((change) => !change.startsWith("-"));
  const removed = changes.filter((change) => change.startsWith("-")).map((change) => change.slice(1));
  for (const alias of [...added, ...removed]) {
    if (!form.test(alias)) {
      throw new ApiError(
        "INVALID_ARGUMENT",
        `Version alias must match [a-z][a-zA-Z0-9-]{0,126}[a-z0-9], got '${alias}'.`,
      );
    }
  }
  if (removed.includes("default")) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      "The 'default' version alias cannot be removed: exactly one version has it. Add it to another version to move it.",
    );
  }
  return versions.map((version) => {
    const isTarget = version.versionId === target.versionId;
    const kept = version.versionAliases.filter(
      (alias) => !added.includes(alias) && !(isTarget && removed.includes(alias)),
    );
    const versionAliases = isTarget ? [...kept, ...added] : kept;
    const same = versionAliases.join() === version.versionAliases.join();
    return same ? version : { ...version, versionAliases, updatedAt: now };
  });
}
