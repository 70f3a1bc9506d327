import { isList, isObject, text } from "../../values/value";
import { type Field } from "../bigquery/schema";
import { type TableName, TableStore } from "../bigquery/tables";
import { type Context, timestamp } from "../context";
import type { DeployedModel } from "./deployed-model";
import type { Endpoint } from "./endpoint";
import { withNumber } from "./names";

/** Columns of the table that Vertex AI makes. Source: https://cloud.google.com/vertex-ai/docs/predictions/online-prediction-logging */
const fields: readonly Field[] = [
  { name: "endpoint", type: "STRING", mode: "NULLABLE" },
  { name: "deployed_model_id", type: "STRING", mode: "NULLABLE" },
  { name: "logging_time", type: "TIMESTAMP", mode: "NULLABLE" },
  { name: "request_id", type: "NUMERIC", mode: "NULLABLE" },
  { name: "request_payload", type: "STRING", mode: "REPEATED" },
  { name: "response_payload", type: "STRING", mode: "REPEATED" },
];

/** Writes a request and its answer to the table that the endpoint's logging names: the sampled share of them. */
export function logRequest(
  context: Context,
  endpoint: Endpoint,
  model: DeployedModel,
  request: { instances: readonly unknown[] },
  response: { predictions: readonly unknown[] },
): void {
  const { store, clock, random } = context;
  const name = tableOf(endpoint);
  const tables = new TableStore(context);
  if (!name || random.uniform() >= name.samplingRate || !tables.hasDataset(name)) {
    return;
  }
  if (!tables.find(name)) {
    tables.create({ name, fields });
  }
  const count = (store.get<number>("counter", "request") ?? 0) + 1;
  store.put("counter", "request", count);
  const row = {
    endpoint: withNumber(context, endpoint.name),
    deployed_model_id: model.id,
    logging_time: timestamp(clock.now()),
    request_id: String(count),
    request_payload: request.instances.map((instance) => JSON.stringify(instance)),
    response_payload: response.predictions.map((prediction) => JSON.stringify(prediction)),
  };
  tables.append(name, { at: clock.now(), insertIds: [], rows: [row] });
}

function tableOf({ values }: Endpoint): (TableName & { samplingRate: number }) | undefined {
  const blocks = values["predict_request_response_logging_config"];
  const config = isList(blocks) ? blocks[0] : blocks;
  const destinations = isObject(config) ? config["bigquery_destination"] : undefined;
  const destination = isList(destinations) ? destinations[0] : destinations;
  const uri = isObject(destination) ? text(destination, "output_uri") : undefined;
  const [, project, dataset, table = "request_response_logging"] =
    /^bq:\/\/([^.]+)\.([^.]+)(?:\.([^.]+))?$/.exec(uri ?? "") ?? [];
  if (!isObject(config) || config["enabled"] !== true || project === undefined || dataset === undefined) {
    return undefined;
  }
  return { project, dataset, table, samplingRate: Number(config["sampling_rate"] ?? 0) };
}
