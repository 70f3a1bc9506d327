import { ApiError } from "../error";

/** Percent of traffic by deployed model; models without traffic are left out. */
export type TrafficSplit = Readonly<Record<string, number>>;

/**
 * Checks a split that is about to become an endpoint's, and drops zeros. Source of the rules: traffic_split in
 * google/cloud/aiplatform/v1/endpoint.proto; of the text about ids: the pull request 8475 of java-docs-samples.
 */
export function checkSplit(split: TrafficSplit, deployedIds: readonly string[]): TrafficSplit {
  const unknown = Object.keys(split).filter((id) => !deployedIds.includes(id));
  if (unknown.length > 0) {
    throw new ApiError("INVALID_ARGUMENT", `The following DeployedModel ID(s) [${unknown.join(", ")}] do not exist.`);
  }
  const shares = Object.values(split);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.some((share) => share < 0) || (shares.length > 0 && sum !== 100)) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      `The traffic percentages of 'traffic_split' must be at least 0 and sum to 100, got ${JSON.stringify(split)}.`,
    );
  }
  return Object.fromEntries(Object.entries(split).filter(([, share]) => share > 0));
}
