import type { Environment } from "../constructs/platform-stack";
import { bigqueryId, bucketName, numericId, resourceName } from "./naming";

/** What other stacks may refer to. */
export function servingNames({ project, region }: Environment, team: string) {
  const endpointId = (model: string) => numericId(project, team, model);
  return {
    logDataset: bigqueryId(team, "serving_logs"),
    rolloutBucket: bucketName(project, team, "rollouts"),
    endpointId,
    endpoint: (model: string) => `projects/${project}/locations/${region}/endpoints/${endpointId(model)}`,
    /** Account id of the identity that a model's or service's container runs as. */
    predictor: (workload: string) => resourceName(team, workload),
    service: (service: string) => resourceName(team, service),
    batchWorkflow: resourceName(team, "batch"),
    /** Schedule of a model's batch predictions. */
    batchSchedule: (model: string) => resourceName(team, model, "batch"),
    predictionDataset: bigqueryId(team, "predictions"),
    streamBucket: bucketName(project, team, "streams"),
    /** Name of the job that predicts over a stream for a model, of its subscription and its account. */
    streamJob: (model: string) => resourceName(team, model, "stream"),
  };
}
