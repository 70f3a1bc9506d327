import { z } from "zod";

import { readBody, readMask } from "../body";
import type { Context } from "../context";
import { ApiError } from "../error";
import type { Call, Routes } from "../http";
import { matchesFilter } from "../list-filter";
import { paged } from "../pages";
import { mergeAliases } from "./aliases";
import {
  deploymentsOf,
  dropVersion,
  etagOf,
  findVersion,
  type ModelBody,
  modelBody,
  modelMessage,
  modelsIn,
  type ModelVersion,
  putVersion,
  versionsOf,
} from "./model";
import { locationOf, parentOf, withNumber } from "./names";

const uploadBody = z.strictObject({
  model: modelBody,
  modelId: z.string().optional(),
  parentModel: z.string().optional(),
  serviceAccount: z.string().optional(),
});

const aliasesBody = z.strictObject({ versionAliases: z.array(z.string()).min(1) });

interface Upload {
  /** Name of the model, with the project's id. */
  readonly name: string;
  readonly body: ModelBody;
}

/** Methods of ModelService. Source: google/cloud/aiplatform/v1/model_service.proto */
export function modelRoutes(context: Context): Routes {
  const { operations, durations, clock } = context;

  const versionOfCall = (call: Call): ModelVersion =>
    findVersion(context, locationOf(context, call), call.params["model"]!);

  const upload = (call: Call): object => {
    const location = locationOf(context, call);
    const { model, modelId, parentModel } = readBody(call, uploadBody);
    if (model.displayName === undefined || model.displayName === "") {
      throw new ApiError("INVALID_ARGUMENT", "Required field is not set: 'model.display_name'");
    }
    if (modelId !== undefined && parentModel !== undefined) {
      throw new ApiError("INVALID_ARGUMENT", "'model_id' must not be set together with 'parent_model'.");
    }
    const name = parentModel
      ? findVersion(context, location, parentModel).model
      : `${parentOf(location)}/models/${modelId === undefined ? newId(context) : checkedId(modelId)}`;
    if (!parentModel && versionsOf(context, name).length > 0) {
      throw new ApiError("ALREADY_EXISTS", `Model \`${withNumber(context, name)}\` already exists.`);
    }
    const target = { versionId: "0" } as ModelVersion;
    mergeAliases([], target, model.versionAliases ?? [], 0);
    return operations.start({
      parent: withNumber(context, name),
      type: "UploadModelOperationMetadata",
      minutes: durations.uploadMinutes,
      effect: "upload",
      input: { name, body: model } satisfies Upload,
    });
  };

  operations.on("upload", ({ name, body }: Upload) => {
    const { versionAliases: wanted = [], displayName = "", ...rest } = body;
    const versions = versionsOf(context, name);
    const now = clock.now();
    const version: ModelVersion = {
      model: name,
      versionId: String(nextNumber(context, name)),
      versionAliases: [],
      displayName,
      explanationSpec: body.explanationSpec,
      body: { ...rest, displayName },
      createdAt: now,
      updatedAt: now,
    };
    const aliases = versions.length === 0 ? [...new Set([...wanted, "default"])] : wanted;
    for (const each of mergeAliases([...versions, version], version, aliases, now)) {
      putVersion(context, each);
    }
    return {
      "@type": "type.googleapis.com/google.cloud.aiplatform.v1.UploadModelResponse",
      model: withNumber(context, name),
      modelVersionId: version.versionId,
    };
  });

  const patch = (call: Call): object => {
    const version = versionOfCall(call);
    const fields = ["displayName", "description", "versionDescription", "labels", "explanationSpec"] as const;
    const mask = readMask(call, fields);
    const body = readBody(call, modelBody);
    if (body.etag !== undefined && body.etag !== etagOf(version)) {
      throw new ApiError(
        "ABORTED",
        `Specified Model \`etag\`: \`${body.etag}\` does not match server \`etag\`: \`${etagOf(version)}\``,
      );
    }
    const changed = Object.fromEntries(
      fields.filter((field) => mask.includes(field)).map((field) => [field, body[field]]),
    );
    const merged: ModelBody = { ...version.body, ...changed };
    putVersion(context, {
      ...version,
      displayName: merged.displayName ?? version.displayName,
      explanationSpec: merged.explanationSpec,
      body: merged,
      updatedAt: clock.now(),
    });
    return modelMessage(context, versionOfCall(call));
  };

  const mergeVersionAliases = (call: Call): object => {
    const version = versionOfCall(call);
    const { versionAliases } = readBody(call, aliasesBody);
    for (const each of mergeAliases(versionsOf(context, version.model), version, versionAliases, clock.now())) {
      putVersion(context, each);
    }
    return modelMessage(
      context,
      findVersion(context, locationOf(context, call), `${version.model}@${version.versionId}`),
    );
  };

  const list = (call: Call): object => {
    const models = modelsIn(context, locationOf(context, call))
      .map((name) => modelMessage(context, findVersion(context, locationOf(context, call), name)))
      .filter((model) => matchesFilter(call.query.get("filter") ?? "", model));
    return paged(call, "models", models);
  };

  const listVersions = (call: Call): object => {
    const models = versionsOf(context, versionOfCall(call).model)
      .map((version) => modelMessage(context, version))
      .filter((model) => matchesFilter(call.query.get("filter") ?? "", model));
    return paged(call, "models", models);
  };

  const requireUndeployed = (versions: readonly ModelVersion[]): void => {
    const deployed = versions.filter((version) => deploymentsOf(context, version).length > 0);
    if (deployed.length > 0) {
      const names = deployed.map(({ model, versionId }) => `${withNumber(context, model)}@${versionId}`);
      throw new ApiError(
        "FAILED_PRECONDITION",
        `Model ${names.join(", ")} is deployed: undeploy it before deleting it.`,
      );
    }
  };

  const deleteVersion = (call: Call): object => {
    const version = versionOfCall(call);
    if (version.versionAliases.includes("default")) {
      throw new ApiError(
        "FAILED_PRECONDITION",
        `Version ${version.versionId} of Model ${withNumber(context, version.model)} is the default version: move the ` +
          "'default' version alias to another version, or delete the Model.",
      );
    }
    requireUndeployed([version]);
    return startDeletion(version.model, [version]);
  };

  const deleteModel = (call: Call): object => {
    const { model } = versionOfCall(call);
    requireUndeployed(versionsOf(context, model));
    return startDeletion(model, versionsOf(context, model));
  };

  const startDeletion = (name: string, versions: readonly ModelVersion[]): object =>
    operations.start({
      parent: withNumber(context, name),
      type: "DeleteOperationMetadata",
      minutes: durations.uploadMinutes,
      effect: "delete-versions",
      input: versions,
    });

  operations.on("delete-versions", (versions: readonly ModelVersion[]) => {
    requireUndeployed(versions);
    for (const version of versions) {
      dropVersion(context, version);
    }
    const model = versions[0]?.model ?? "";
    if (versionsOf(context, model).length === 0) {
      context.store.delete("counter", model);
    }
    return { "@type": "type.googleapis.com/google.protobuf.Empty" };
  });

  const parent = "/v1/projects/{project}/locations/{location}/models";
  return {
    [`POST ${parent}:upload`]: upload,
    [`GET ${parent}`]: list,
    [`GET ${parent}/{model}`]: (call) => modelMessage(context, versionOfCall(call)),
    [`GET ${parent}/{model}:listVersions`]: listVersions,
    [`PATCH ${parent}/{model}`]: patch,
    [`POST ${parent}/{model}:mergeVersionAliases`]: mergeVersionAliases,
    [`DELETE ${parent}/{model}:deleteVersion`]: deleteVersion,
    [`DELETE ${parent}/{model}`]: deleteModel,
  };
}

/** Source: model_id in UploadModelRequest */
function checkedId(id: string): string {
  if (!/^[a-z_][a-z0-9_-]{0,62}$/.test(id)) {
    throw new ApiError("INVALID_ARGUMENT", `'model_id' must match [a-z_][a-z0-9_-]{0,62}, got '${id}'.`);
  }
  return id;
}

function newId({ store }: Context): string {
  const count = (store.get<number>("counter", "model") ?? 0) + 1;
  store.put("counter", "model", count);
  return String(6_000_000_000_000_000_000n + BigInt(count));
}

/** Numbers of versions that were deleted are not given again. */
function nextNumber({ store }: Context, model: string): number {
  const number = (store.get<number>("counter", model) ?? 0) + 1;
  store.put("counter", model, number);
  return number;
}
