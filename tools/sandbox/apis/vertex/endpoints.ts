import { z } from "zod";

import { omit } from "../../../../config/omit";
import { keyGranted } from "../../rules/key-granted";
import { checkMask, int32, message, readBody, readMask } from "../body";
import { type Context, timestamp } from "../context";
import { ApiError } from "../error";
import type { Call, Routes } from "../http";
import { paged } from "../pages";
import { type DeployedModel, checkQuota, deployedModelBody, resourcesOf } from "./deployed-model";
import { Endpoint } from "./endpoint";
import { findVersion } from "./model";
import { locationOf, parentOf, withNumber } from "./names";
import { checkSplit, type TrafficSplit } from "./traffic-split";

const splitBody = z.record(z.string(), int32);

/** The fields of an endpoint that a patch may carry: those that only the service writes are read over, as Google does. */
const endpointBody = z.strictObject({
  ...Object.fromEntries(
    ["name", "createTime", "updateTime", "modelDeploymentMonitoringJob", "network", "dedicatedEndpointDns"].map(
      (name) => [name, z.string().optional()],
    ),
  ),
  deployedModels: z.array(message).optional(),
  encryptionSpec: message.optional(),
  privateServiceConnectConfig: message.optional(),
  predictRequestResponseLoggingConfig: message.optional(),
  dedicatedEndpointEnabled: z.boolean().optional(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  etag: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  trafficSplit: splitBody.optional(),
});

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

/** Methods of EndpointService. Source: google/cloud/aiplatform/v1/endpoint_service.proto */
export function endpointRoutes(context: Context): Routes {
  const { operations, durations, clock } = context;

  const found = (name: string): Endpoint => {
    const endpoint = Endpoint.find(context, name);
    if (!endpoint) {
      throw new ApiError("NOT_FOUND", `Endpoint \`${withNumber(context, name)}\` not found.`);
    }
    return endpoint;
  };

  const deployedIn = (endpoint: Endpoint, id: string): DeployedModel => {
    const model = endpoint.deployedModels.find((each) => each.id === id);
    if (!model) {
      throw new ApiError("NOT_FOUND", `The following DeployedModel ID(s) [${id}] do not exist.`);
    }
    return model;
  };

  const patch = (call: Call): object => {
    const endpoint = Endpoint.ofCall(context, call);
    const mask = readMask(call, ["trafficSplit", "labels", "displayName", "description"]);
    const body = readBody(call, endpointBody);
    if (context.faults.of("stale-etag")) {
      endpoint.write({});
    }
    const { etag } = found(endpoint.name);
    if (body.etag !== undefined && body.etag !== "" && body.etag !== etag) {
      throw new ApiError(
        "ABORTED",
        `Specified Endpoint \`etag\`: \`${body.etag}\` does not match server \`etag\`: \`${etag}\``,
      );
    }
    const ids = endpoint.deployedModels.map(({ id }) => id);
    endpoint.write({
      ...(mask.includes("trafficSplit") && { trafficSplit: checkSplit(body.trafficSplit ?? {}, ids) }),
      values: {
        ...(mask.includes("labels") && { effective_labels: body.labels ?? {} }),
        ...(mask.includes("displayName") && { display_name: body.displayName ?? "" }),
        ...(mask.includes("description") && { description: body.description ?? "" }),
      },
    });
    return found(endpoint.name).message;
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
    };
    checkId(model.id, endpoint, pending);
    checkAccount(context, location.project, model.serviceAccount);
    checkKey(context, location.project, endpoint);
    checkQuota(
      context,
      location,
      model,
      pending.map((each) => each.model),
    );
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
    const endpoint = found(name);
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
    const endpoint = found(name);
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
    checkQuota(context, locationOf(context, call), extraReplicas(model, current), []);
    return operations.start({
      parent: withNumber(context, endpoint.name),
      type: "MutateDeployedModelOperationMetadata",
      minutes: durations.mutateMinutes,
      effect: "mutate",
      input: { endpoint: endpoint.name, model } satisfies Mutation,
    });
  };

  operations.on("mutate", ({ endpoint: name, model }: Mutation) => {
    const endpoint = found(name);
    deployedIn(endpoint, model.id);
    endpoint.write({ deployedModels: endpoint.deployedModels.map((each) => (each.id === model.id ? model : each)) });
    return {
      "@type": "type.googleapis.com/google.cloud.aiplatform.v1.MutateDeployedModelResponse",
      deployedModel: model,
    };
  });

  const list = (call: Call): object => {
    const endpoints = Endpoint.list(context, parentOf(locationOf(context, call))).map((endpoint) => endpoint.message);
    return paged(call, "endpoints", endpoints);
  };

  const parent = "/v1/projects/{project}/locations/{location}/endpoints";
  return {
    [`GET ${parent}`]: list,
    [`GET ${parent}/{endpoint}`]: (call) => Endpoint.ofCall(context, call).message,
    [`PATCH ${parent}/{endpoint}`]: patch,
    [`POST ${parent}/{endpoint}:deployModel`]: deploy,
    [`POST ${parent}/{endpoint}:undeployModel`]: undeploy,
    [`POST ${parent}/{endpoint}:mutateDeployedModel`]: mutate,
  };
}

/** An id of ten digits that no deployed model has had. */
function newId({ store }: Context): string {
  const count = (store.get<number>("counter", "deployed-model") ?? 0) + 1;
  store.put("counter", "deployed-model", count);
  return String(5_000_000_000 + count);
}

function checkId(id: string, endpoint: Endpoint, pending: readonly Deployment[]): void {
  if (!/^[0-9]{1,10}$/.test(id) || id === "0") {
    throw new ApiError(
      "INVALID_ARGUMENT",
      `'deployed_model.id' must be 1-10 characters of [0-9] and not 0, got '${id}'.`,
    );
  }
  const deploying = pending.filter((each) => each.endpoint === endpoint.name).map(({ model }) => model.id);
  if ([...endpoint.deployedModels.map((model) => model.id), ...deploying].includes(id)) {
    throw new ApiError("ALREADY_EXISTS", `DeployedModel ID ${id} already exists on the Endpoint.`);
  }
}

function checkAccount({ cloud }: Context, project: string, account: string | undefined): void {
  const ours = account?.endsWith(`@${project}.iam.gserviceaccount.com`);
  if (ours && !cloud.get("google_service_account", `projects/${project}/serviceAccounts/${account!}`)) {
    throw new ApiError("INVALID_ARGUMENT", `Service account ${account!} does not exist.`);
  }
}

/** The endpoint's key also encrypts what is deployed to it: it must still be usable. */
function checkKey({ cloud, numbers }: Context, project: string, { name, values }: Endpoint): void {
  const change = { action: "update", type: "google_vertex_ai_endpoint", id: name, project, args: values } as const;
  const refusal = keyGranted(change, { cloud, numbers });
  if (refusal) {
    throw new ApiError("FAILED_PRECONDITION", refusal.error.replace(/^.*?googleapi: Error \d+: /, ""));
  }
}

/** The replicas that a change adds, to be counted beside what is deployed. */
function extraReplicas(
  { dedicatedResources: after }: DeployedModel,
  { dedicatedResources: before }: DeployedModel,
): Pick<DeployedModel, "dedicatedResources"> {
  const maxReplicaCount = (after?.maxReplicaCount ?? 0) - (before?.maxReplicaCount ?? 0);
  return after && maxReplicaCount > 0 ? { dedicatedResources: { ...after, maxReplicaCount } } : {};
}
