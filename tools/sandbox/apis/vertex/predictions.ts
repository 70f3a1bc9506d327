import { createHash } from "node:crypto";

import { z } from "zod";

import { message, readBody } from "../body";
import type { Context } from "../context";
import { ApiError } from "../error";
import { type Call, Media, type Routes } from "../http";
import { single } from "../monitoring/histogram";
import { record } from "../monitoring/series";
import { logRequest } from "./request-log";
import type { DeployedModel } from "./deployed-model";
import { Endpoint } from "./endpoint";
import { withNumber } from "./names";

const predictBody = z.strictObject({
  instances: z.array(z.unknown()).min(1),
  parameters: z.unknown().optional(),
  labels: z.record(z.string(), z.string()).optional(),
});

const explainBody = z.strictObject({
  instances: z.array(z.unknown()).min(1),
  parameters: z.unknown().optional(),
  explanationSpecOverride: message.optional(),
  deployedModelId: z.string().optional(),
});

/** Methods of PredictionService. Source: google/cloud/aiplatform/v1/prediction_service.proto */
export function predictionRoutes(context: Context): Routes {
  /** The deployed model that gets the next request, by the live split. */
  const pick = (endpoint: Endpoint): DeployedModel => {
    const split = Object.entries(endpoint.trafficSplit);
    let at = context.random.uniform() * split.reduce((sum, [, share]) => sum + share, 0);
    const id = split.find(([, share]) => (at -= share) < 0)?.[0];
    const model = endpoint.deployedModels.find((each) => each.id === id);
    if (!model) {
      throw new ApiError(
        "FAILED_PRECONDITION",
        `Endpoint ${withNumber(context, endpoint.name)} doesn't have traffic_split.`,
      );
    }
    return model;
  };

  const answer = (
    endpoint: Endpoint,
    instances: readonly unknown[],
  ): { model: DeployedModel; predictions: unknown[] } => {
    const model = pick(endpoint);
    const predictions = instances.map((instance) => predictionOf(model, instance));
    const { store, clock } = context;
    const latency = single(20 + 40 * context.random.uniform());
    record({ store }, sourceOf(endpoint, model), clock.now(), {
      responses: { "2xx": 1 },
      predictions: instances.length,
      latencies: { total: latency, model: latency },
    });
    return { model, predictions };
  };

  const predict = (call: Call): object => {
    const endpoint = Endpoint.ofCall(context, call);
    const { instances } = readBody(call, predictBody);
    const { model, predictions } = answer(endpoint, instances);
    logRequest(context, endpoint, model, { instances }, { predictions });
    return {
      predictions,
      deployedModelId: model.id,
      model: model.model,
      modelDisplayName: model.displayName,
      modelVersionId: model.modelVersionId,
    };
  };

  const rawPredict = (call: Call): Media => {
    const endpoint = Endpoint.ofCall(context, call);
    const { instances } = readBody(call, predictBody);
    const { model, predictions } = answer(endpoint, instances);
    logRequest(context, endpoint, model, { instances }, { predictions });
    return new Media(Buffer.from(JSON.stringify({ predictions })), {
      "content-type": "application/json",
      "x-vertex-ai-endpoint-id": endpoint.name.slice(endpoint.name.lastIndexOf("/") + 1),
      "x-vertex-ai-deployed-model-id": model.id,
    });
  };

  const explain = (call: Call): object => {
    const endpoint = Endpoint.ofCall(context, call);
    const { instances, deployedModelId } = readBody(call, explainBody);
    if (endpoint.serviceAttachment !== undefined) {
      throw new ApiError(
        "FAILED_PRECONDITION",
        `Endpoint ${withNumber(context, endpoint.name)} is reached through Private Service Connect, which does not carry 'explain'.`,
      );
    }
    const named = endpoint.deployedModels.find(({ id }) => id === deployedModelId);
    if (deployedModelId !== undefined && !named) {
      throw new ApiError("NOT_FOUND", `The following DeployedModel ID(s) [${deployedModelId}] do not exist.`);
    }
    const model = named ?? pick(endpoint);
    if (model.explanationSpec === undefined) {
      throw new ApiError(
        "FAILED_PRECONDITION",
        `DeployedModel ${model.id} has no explanation_spec: its Model was uploaded without one.`,
      );
    }
    const predictions = instances.map((instance) => predictionOf(model, instance));
    return {
      explanations: instances.map((instance, index) => ({
        attributions: [attribution(instance, predictions[index]!)],
      })),
      deployedModelId: model.id,
      predictions,
    };
  };

  const endpoint = "/v1/projects/{project}/locations/{location}/endpoints/{endpoint}";
  return {
    [`POST ${endpoint}:predict`]: predict,
    [`POST ${endpoint}:rawPredict`]: rawPredict,
    [`POST ${endpoint}:explain`]: explain,
  };
}

/** A deployed model as the source of time series. */
export function sourceOf(endpoint: Endpoint, model: DeployedModel) {
  return {
    endpoint: endpoint.name,
    endpointDisplayName: endpoint.displayName,
    deployedModelId: model.id,
    modelDisplayName: model.displayName,
  };
}

/** A score from 0 to 1 that depends on the version and the instance alone. */
function predictionOf({ model, modelVersionId }: DeployedModel, instance: unknown): number {
  const digest = createHash("sha256")
    .update(`${model}@${modelVersionId} ${JSON.stringify(instance)}`)
    .digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** The score shared out evenly among the features of an instance. */
function attribution(instance: unknown, score: number): object {
  const names = typeof instance === "object" && instance !== null ? Object.keys(instance) : ["instance"];
  const share = (score - 0.5) / Math.max(1, names.length);
  return {
    baselineOutputValue: 0.5,
    instanceOutputValue: score,
    featureAttributions: Object.fromEntries(names.map((name) => [name, share])),
    outputName: "score",
  };
}
