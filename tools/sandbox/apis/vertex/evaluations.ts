import { z } from "zod";

import { message, readBody } from "../body";
import { type Context, timestamp } from "../context";
import { ApiError } from "../error";
import type { Call, Routes } from "../http";
import { findVersion, type ModelVersion } from "./model";
import { locationOf, withNumber } from "./names";

/** Source: message ModelEvaluation, google/cloud/aiplatform/v1/model_evaluation.proto */
const evaluationBody = z.strictObject({
  displayName: z.string().optional(),
  metricsSchemaUri: z.string().optional(),
  metrics: z.unknown().optional(),
  sliceDimensions: z.array(z.string()).optional(),
  dataItemSchemaUri: z.string().optional(),
  annotationSchemaUri: z.string().optional(),
  modelExplanation: message.optional(),
  explanationSpecs: z.array(message).optional(),
  metadata: z.unknown().optional(),
});

const importBody = z.strictObject({ modelEvaluation: evaluationBody });

const sliceBody = z.strictObject({
  slice: z
    .strictObject({ dimension: z.string().optional(), value: z.string().optional(), sliceSpec: message.optional() })
    .optional(),
  metricsSchemaUri: z.string().optional(),
  metrics: z.unknown().optional(),
  modelExplanation: message.optional(),
});

const slicesBody = z.strictObject({ modelEvaluationSlices: z.array(sliceBody).min(1) });

interface Evaluation {
  readonly id: string;
  readonly versionId: string;
  readonly createdAt: number;
  readonly body: z.infer<typeof evaluationBody>;
}

interface Slice {
  readonly id: string;
  readonly createdAt: number;
  readonly body: z.infer<typeof sliceBody>;
}

const kind = "model-evaluation";
const sliceKind = "model-evaluation-slice";

/** Evaluations of model versions. Source: google/cloud/aiplatform/v1/model_service.proto */
export function evaluationRoutes(context: Context): Routes {
  const { store, clock } = context;

  const versionOf = (call: Call): ModelVersion =>
    findVersion(context, locationOf(context, call), call.params["model"]!);

  const newId = (): string => {
    const count = (store.get<number>("counter", "evaluation") ?? 0) + 1;
    store.put("counter", "evaluation", count);
    return String(7_000_000_000_000_000_000n + BigInt(count));
  };

  const evaluationMessage = ({ model }: ModelVersion, { id, createdAt, body }: Evaluation): object => ({
    name: `${withNumber(context, model)}/evaluations/${id}`,
    ...body,
    createTime: timestamp(createdAt),
  });

  const find = (call: Call): { version: ModelVersion; evaluation: Evaluation } => {
    const version = versionOf(call);
    const id = call.params["evaluation"]!;
    const evaluation = store.get<Evaluation>(kind, `${version.model}/${id}`);
    if (!evaluation) {
      throw new ApiError(
        "NOT_FOUND",
        `ModelEvaluation \`${withNumber(context, version.model)}/evaluations/${id}\` not found.`,
      );
    }
    return { version, evaluation };
  };

  const sliceMessage = (version: ModelVersion, evaluation: Evaluation, { id, createdAt, body }: Slice): object => ({
    name: `${withNumber(context, version.model)}/evaluations/${evaluation.id}/slices/${id}`,
    ...body,
    createTime: timestamp(createdAt),
  });

  const importEvaluation = (call: Call): object => {
    const version = versionOf(call);
    const { modelEvaluation: body } = readBody(call, importBody);
    const evaluation: Evaluation = { id: newId(), versionId: version.versionId, createdAt: clock.now(), body };
    store.put(kind, `${version.model}/${evaluation.id}`, evaluation);
    return evaluationMessage(version, evaluation);
  };

  /** Of the version that is named; of the default one where none is. */
  const list = (call: Call): object => {
    const version = versionOf(call);
    const modelEvaluations = store
      .list<Evaluation>(kind, `${version.model}/`)
      .filter(([, { versionId }]) => versionId === version.versionId)
      .map(([, evaluation]) => evaluationMessage(version, evaluation));
    return { ...(modelEvaluations.length > 0 && { modelEvaluations }) };
  };

  const importSlices = (call: Call): object => {
    const { version, evaluation } = find(call);
    const { modelEvaluationSlices } = readBody(call, slicesBody);
    const slices = modelEvaluationSlices.map((body): Slice => ({ id: newId(), createdAt: clock.now(), body }));
    slices.forEach((slice) => {
      store.put(sliceKind, `${version.model}/${evaluation.id}/${slice.id}`, slice);
    });
    const names = slices.map((slice) => (sliceMessage(version, evaluation, slice) as { name: string }).name);
    return { importedModelEvaluationSlices: names };
  };

  const listSlices = (call: Call): object => {
    const { version, evaluation } = find(call);
    const modelEvaluationSlices = store
      .list<Slice>(sliceKind, `${version.model}/${evaluation.id}/`)
      .map(([, slice]) => sliceMessage(version, evaluation, slice));
    return { ...(modelEvaluationSlices.length > 0 && { modelEvaluationSlices }) };
  };

  const evaluations = "/v1/projects/{project}/locations/{location}/models/{model}/evaluations";
  return {
    [`POST ${evaluations}:import`]: importEvaluation,
    [`GET ${evaluations}`]: list,
    [`GET ${evaluations}/{evaluation}`]: (call) => {
      const { version, evaluation } = find(call);
      return evaluationMessage(version, evaluation);
    },
    [`POST ${evaluations}/{evaluation}/slices:batchImport`]: importSlices,
    [`GET ${evaluations}/{evaluation}/slices`]: listSlices,
  };
}
