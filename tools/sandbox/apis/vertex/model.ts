import { z } from "zod";

import { message } from "../body";
import { type Context, timestamp } from "../context";
import { ApiError } from "../error";
import { Endpoint } from "./endpoint";
import { type Location, parentOf, withId, withNumber } from "./names";

/** What a caller may say of a model. Source: message Model, google/cloud/aiplatform/v1/model.proto */
export const modelBody = z.strictObject({
  name: z.string().optional(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  versionDescription: z.string().optional(),
  versionAliases: z.array(z.string()).optional(),
  artifactUri: z.string().optional(),
  containerSpec: message.optional(),
  predictSchemata: message.optional(),
  metadataSchemaUri: z.string().optional(),
  metadata: z.unknown().optional(),
  pipelineJob: z.string().optional(),
  trainingPipeline: z.string().optional(),
  modelSourceInfo: message.optional(),
  explanationSpec: message.optional(),
  encryptionSpec: message.optional(),
  labels: z.record(z.string(), z.string()).optional(),
  etag: z.string().optional(),
});

export type ModelBody = z.infer<typeof modelBody>;

/** A version of a model, as the sandbox keeps it. */
export interface ModelVersion {
  /** Name of the model, with the project's id. */
  readonly model: string;
  readonly versionId: string;
  readonly versionAliases: readonly string[];
  readonly displayName: string;
  readonly explanationSpec: ModelBody["explanationSpec"];
  readonly body: ModelBody;
  readonly createdAt: number;
  readonly updatedAt: number;
}

const kind = "model-version";

/** Versions of a model, oldest first. */
export function versionsOf({ store }: Context, model: string): ModelVersion[] {
  const versions = store.list<ModelVersion>(kind, `${model}@`).map(([, version]) => version);
  return versions.sort((a, b) => Number(a.versionId) - Number(b.versionId));
}

/** Names of the models of a region, with the project's id. */
export function modelsIn({ store }: Context, location: Location): string[] {
  const names = store.list<ModelVersion>(kind, `${parentOf(location)}/models/`).map(([, { model }]) => model);
  return [...new Set(names)];
}

export function putVersion({ store }: Context, version: ModelVersion): void {
  store.put(kind, `${version.model}@${version.versionId}`, version);
}

export function dropVersion({ store }: Context, { model, versionId }: ModelVersion): void {
  store.delete(kind, `${model}@${versionId}`);
}

/** The version that a name means: `…/models/churn@3`, `@champion`, and the default one without either. */
export function findVersion(context: Context, location: Location, reference: string): ModelVersion {
  const full = reference.startsWith("projects/") ? reference : `${parentOf(location)}/models/${reference}`;
  const [model = "", wanted = "default"] = withId(context, full).split("@");
  const versions = versionsOf(context, model);
  if (versions.length === 0) {
    throw new ApiError("NOT_FOUND", `Model \`${withNumber(context, model)}\` not found.`);
  }
  const found = versions.find(
    ({ versionId, versionAliases }) => versionId === wanted || versionAliases.includes(wanted),
  );
  if (!found) {
    throw new ApiError(
      "NOT_FOUND",
      `Model version or alias \`${wanted}\` of \`${withNumber(context, model)}\` not found.`,
    );
  }
  return found;
}

/** Where a version is deployed. */
export function deploymentsOf(context: Context, { model, versionId }: ModelVersion): object[] {
  const parent = model.slice(0, model.indexOf("/models/"));
  return Endpoint.list(context, parent).flatMap((endpoint) =>
    endpoint.deployedModels
      .filter((each) => withId(context, each.model) === model && each.modelVersionId === versionId)
      .map(({ id }) => ({ endpoint: withNumber(context, endpoint.name), deployedModelId: id })),
  );
}

export function etagOf({ updatedAt, versionAliases }: ModelVersion): string {
  return `AMEw9y${Buffer.from(`${updatedAt}:${versionAliases.join(",")}`)
    .toString("base64url")
    .slice(0, 24)}`;
}

/** The message `Model`. */
export function modelMessage(context: Context, version: ModelVersion): object {
  const deployedModels = deploymentsOf(context, version);
  const versions = versionsOf(context, version.model);
  return {
    ...version.body,
    name: withNumber(context, version.model),
    displayName: version.displayName,
    versionId: version.versionId,
    ...(version.versionAliases.length > 0 && { versionAliases: version.versionAliases }),
    versionCreateTime: timestamp(version.createdAt),
    versionUpdateTime: timestamp(version.updatedAt),
    createTime: timestamp(versions[0]?.createdAt ?? version.createdAt),
    updateTime: timestamp(Math.max(version.updatedAt, ...versions.map(({ updatedAt }) => updatedAt))),
    etag: etagOf(version),
    supportedDeploymentResourcesTypes: ["DEDICATED_RESOURCES"],
    ...(deployedModels.length > 0 && { deployedModels }),
  };
}
