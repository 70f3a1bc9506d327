import { z } from "zod";

import { int32, message, readBody, readMask } from "../body";
import type { Context } from "../context";
import { ApiError } from "../error";
import type { Call, Routes } from "../http";
import { paged } from "../pages";
import { Endpoint } from "./endpoint";
import { locationOf, parentOf } from "./names";
import { checkSplit } from "./traffic-split";

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

/** What reads and patches endpoints. Source: google/cloud/aiplatform/v1/endpoint_service.proto */
export function endpointRoutes(context: Context): Routes {
  const patch = (call: Call): object => {
    const endpoint = Endpoint.ofCall(context, call);
    const mask = readMask(call, ["trafficSplit", "labels", "displayName", "description"]);
    const body = readBody(call, endpointBody);
    if (context.faults.of("stale-etag")) {
      endpoint.write({});
    }
    const { etag } = Endpoint.get(context, endpoint.name);
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
    return Endpoint.get(context, endpoint.name).message;
  };

  const list = (call: Call): object => {
    const endpoints = Endpoint.list(context, parentOf(locationOf(context, call))).map((endpoint) => endpoint.message);
    return paged(call, "endpoints", endpoints);
  };

  const parent = "/v1/projects/{project}/locations/{location}/endpoints";
  return {
    [`GET ${parent}`]: list,
    [`GET ${parent}/{endpoint}`]: (call) => Endpoint.ofCall(context, call).message,
    [`PATCH ${parent}/{endpoint}`]: patch,
  };
}
