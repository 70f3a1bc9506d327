import type { Environment } from "../constructs/platform-stack";
import { bigqueryId, bucketName, resourceName } from "./naming";

/** What other stacks may refer to. */
export function registryNames({ project, region }: Environment, team: string) {
  return {
    /** A model of Vertex AI's registry; every version of it is one upload. */
    model: (model: string) => `projects/${project}/locations/${region}/models/${resourceName(team, model)}`,
    modelBucket: bucketName(project, team, "models"),
    events: resourceName(team, "registry-events"),
    /** Dataset and table of decisions about versions and traffic. */
    journalDataset: bigqueryId(team, "rollouts"),
    journalTable: "decisions",
    /** Account ids of the identities that read a model's policy. */
    policyReaders: ["register", "promote", "prune"].map((workflow) => resourceName(team, workflow)),
  };
}
