import type { Environment } from "../constructs/platform-stack";
import { registryNames } from "./registry";
import { servingNames } from "./serving-names";

/** What every workflow of a team finds in its environment: where Google's APIs are, and what is the team's. */
export function workflowVariables(environment: Environment, team: string): Readonly<Record<string, string>> {
  const { project, region } = environment;
  const { journalDataset, journalTable } = registryNames(environment, team);
  return {
    PROJECT: project,
    REGION: region,
    TEAM: team,
    POLICY_BUCKET: servingNames(environment, team).rolloutBucket,
    JOURNAL_TABLE: `${journalDataset}.${journalTable}`,
    BIGQUERY_API: "https://bigquery.googleapis.com/bigquery/v2",
    DATAFLOW_API: "https://dataflow.googleapis.com/v1b3",
    EXECUTIONS_API: "https://workflowexecutions.googleapis.com/v1",
    MONITORING_API: "https://monitoring.googleapis.com/v3",
    PUBSUB_API: "https://pubsub.googleapis.com/v1",
    STORAGE_API: "https://storage.googleapis.com",
    VERTEX_API: `https://${region}-aiplatform.googleapis.com/v1`,
  };
}
