import { z } from "zod";

import { omit } from "../../../../config/omit";
import { checkMask, int32, readBody } from "../body";
import { type Context, timestamp } from "../context";
import { ApiError } from "../error";
import type { Call, Routes } from "../http";
import { type DeployedModel, deployedModelBody, resourcesOf } from "./deployed-model";
import { checkAccount, checkId, checkKey, checkQuota, demandOf } from "./deployment-checks";
import { Endpoint } from "./endpoint";
import { findVersion } from "./model";
import { locationOf, parentOf, withNumber } from "./names";
import { checkSplit, type TrafficSplit } from "./traffic-split";

const splitBody = z.record(z.string(), int32);

const deployBody = z.strictObject({ deployedModel: deployedModelBody, trafficSplit: splitBody.optional() });
const undeployBody = z.strictObject({ deployedModelId: z.string(), trafficSplit: splitBody.optional() });
const mutateBody = z.strictObject({
  deployedModel: deployedModelBody.extend({ model: z.string().optional() }),
  updateMask: z.string(),
});

/** Paths that `mutateDeployedModel` takes. Source: MutateDeployedModelRequest, endpoint_service.proto */
const mutable = [
  "dedicatedResources.minReplicaCount",
  "dedicatedResources.maxReplicaCount",
  "dedicatedResources.requiredReplicaCount",
  "dedicatedResources.autoscalingMetricSpecs",
  "autoscalingMetricSpecs",
  "minReplicaCount",
  "maxReplicaCount",
  "requiredReplicaCount",
  "disableContainerLogging",
] as const;

interface Deployment {
  readonly endpoint: string;
  readonly model: DeployedModel;
  readonly trafficSplit: TrafficSplit;
}

interface Undeployment {
  readonly endpoint: string;
  readonly deployedModelId: string;
}

interface Mutation {
  readonly endpoint: string;
  readonly model: DeployedModel;
}

/** What changes the models of an endpoint. Source: google/cloud/aiplatform/v1/endpoint_service.proto */
export function deploymentRoutes(context: Context): Routes {
  const { operations, durations, clock } = context;

  const deployedIn = (endpoint: Endpoint, id: string): DeployedModel => {
    const model = endpoint.deployedModels.find((each) => each.id === id);
    if (!model) {
      throw new ApiError("NOT_FOUND", `The following DeployedModel ID(s) [${id}] do not exist.`);
    }
    return model;
  };

  const deploy = (call: Call): object => {
    const endpoint = Endpoint.ofCall(context, call);
    const location = locationOf(context, call);
    const { deployedModel, trafficSplit = {} } = readBody(call, deployBody);
    const pending = operations.pending<Deployment>("deploy");
    const version = findVersion(context, location, deployedModel.model);
    const model: DeployedModel = {
      ...omit(deployedModel, "dedicatedResources", "automaticResources"),
      ...resourcesOf(deployedModel),
      id: deployedModel.id ?? newId(context),
      model: withNumber(context, version.model),
      modelVersionId: version.versionId,
      displayName: deployedModel.displayName ?? version.displayName,
      ...(version.explanationSpec &&
        deployedModel.disableExplanations !== true && {
          explanationSpec: deployedModel.explanationSpec ?? version.explanationSpec,
        }),
      createTime: timestamp(clock.now()),
      ...(endpoint.serviceAttachment !== undefined && {
        privateEndpoints: { serviceAttachment: endpoint.serviceAttachment },
      }),
    };
    checkId(model.id, endpoint, pending);
    checkAccount(context, location.project, model.serviceAccount);
    checkKey(context, location.project, endpoint);
    const underway = pending.filter((each) => each.endpoint.startsWith(`${parentOf(location)}/`));
    checkQuota(context, location, demandOf(model), {
      underway: underway.map((each) => demandOf(each.model)).filter((demand) => demand !== undefined),
    });
    checkSplit(trafficSplit, ["0", ...endpoint.deployedModels.map(({ id }) => id)]);
    return operations.start({
      parent: withNumber(context, endpoint.name),
      type: "DeployModelOperationMetadata",
      minutes: durations.deployMinutes,
      effect: "deploy",
      input: { endpoint: endpoint.name, model, trafficSplit } satisfies Deployment,
    });
  };

  operations.on("deploy", ({ endpoint: name, model, trafficSplit }: Deployment) => {
    const endpoint = Endpoint.get(context, name);
    const deployedModels = [...endpoint.deployedModels, model];
    const named = Object.entries(trafficSplit).map(([id, share]) => [id === "0" ? model.id : id, share] as const);
    const ids = deployedModels.map(({ id }) => id);
    endpoint.write({
      deployedModels,
      ...(named.length > 0 && { trafficSplit: checkSplit(Object.fromEntries(named), ids) }),
    });
    return { "@type": "type.googleapis.com/google.cloud.aiplatform.v1.DeployModelResponse", deployedModel: model };
  });

  const undeploy = (call: Call): object => {
    const endpoint = Endpoint.ofCall(context, call);
    const { deployedModelId, trafficSplit } = readBody(call, undeployBody);
    deployedIn(endpoint, deployedModelId);
    const ids = endpoint.deployedModels.map(({ id }) => id);
    const given = trafficSplit && Object.keys(trafficSplit).length > 0 ? checkSplit(trafficSplit, ids) : undefined;
    const split = ids.length === 1 ? {} : (given ?? endpoint.trafficSplit);
    if ((split[deployedModelId] ?? 0) > 0) {
      throw new ApiError(
        "FAILED_PRECONDITION",
        `DeployedModel ${deployedModelId} of Endpoint ${withNumber(context, endpoint.name)} has traffic assigned to it: ` +
          "unassign it in 'traffic_split' to undeploy the model.",
      );
    }
    endpoint.write({ trafficSplit: split });
    return operations.start({
      parent: withNumber(context, endpoint.name),
      type: "UndeployModelOperationMetadata",
      minutes: durations.undeployMinutes,
      effect: "undeploy",
      input: { endpoint: endpoint.name, deployedModelId } satisfies Undeployment,
    });
  };

  operations.on("undeploy", ({ endpoint: name, deployedModelId }: Undeployment) => {
    const endpoint = Endpoint.get(context, name);
    deployedIn(endpoint, deployedModelId);
    if ((endpoint.trafficSplit[deployedModelId] ?? 0) > 0 && endpoint.deployedModels.length > 1) {
      throw new ApiError("FAILED_PRECONDITION", `DeployedModel ${deployedModelId} has traffic assigned to it.`);
    }
    const deployedModels = endpoint.deployedModels.filter(({ id }) => id !== deployedModelId);
    endpoint.write({ deployedModels, ...(deployedModels.length === 0 && { trafficSplit: {} }) });
    return { "@type": "type.googleapis.com/google.cloud.aiplatform.v1.UndeployModelResponse" };
  });

  const mutate = (call: Call): object => {
    const endpoint = Endpoint.ofCall(context, call);
    const { deployedModel, updateMask } = readBody(call, mutateBody);
    const mask = checkMask(updateMask, mutable);
    const current = deployedIn(endpoint, deployedModel.id ?? "");
    const named = (field: string) => mask.some((path) => path === field || path === `dedicatedResources.${field}`);
    const kept = current.dedicatedResources;
    const given = deployedModel.dedicatedResources;
    const fields = ["minReplicaCount", "maxReplicaCount", "requiredReplicaCount", "autoscalingMetricSpecs"] as const;
    const changed = Object.fromEntries(fields.filter(named).map((field) => [field, given?.[field]]));
    const model: DeployedModel = {
      ...current,
      ...(kept && resourcesOf({ model: current.model, dedicatedResources: { ...kept, ...changed } })),
      ...(named("disableContainerLogging") && { disableContainerLogging: deployedModel.disableContainerLogging }),
    };
    checkQuota(context, locationOf(context, call), demandOf(model), { before: demandOf(current) });
    return operations.start({
      parent: withNumber(context, endpoint.name),
      type: "MutateDeployedModelOperationMetadata",
      minutes: durations.mutateMinutes,
      effect: "mutate",
      input: { endpoint: endpoint.name, model } satisfies Mutation,
    });
  };

  operations.on("mutate", ({ endpoint: name, model }: Mutation) => {
    const endpoint = Endpoint.get(context, name);
    deployedIn(endpoint, model.id);
    endpoint.write({ deployedModels: endpoint.deployedModels.map((each) => (each.id === model.id ? model : each)) });
    return {
      "@type": "type.googleapis.com/google.cloud.aiplatform.v1.MutateDeployedModelResponse",
      deployedModel: model,
    };
  });

  const endpoint = "/v1/projects/{project}/locations/{location}/endpoints/{endpoint}";
  return {
    [`POST ${endpoint}:deployModel`]: deploy,
    [`POST ${endpoint}:undeployModel`]: undeploy,
    [`POST ${endpoint}:mutateDeployedModel`]: mutate,
  };
}

/** An id of ten digits that no deployed model has had. */
function newId({ store }: Context): string {
  const count = (store.get<number>("counter", "deployed-model") ?? 0) + 1;
  store.put("counter", "deployed-model", count);
  return String(5_000_000_000 + count);
}
