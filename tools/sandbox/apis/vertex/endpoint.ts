import { createHash } from "node:crypto";

import type { CloudResource } from "../../cloud";
import { isList, isObject, text, type Value, type ValueObject } from "../../values/value";
import { type Context, timestamp } from "../context";
import { ApiError } from "../error";
import type { Call } from "../http";
import type { DeployedModel } from "./deployed-model";
import { locationOf, parentOf, withNumber } from "./names";
import { fromTerraform, toTerraform } from "./terraform-shape";
import type { TrafficSplit } from "./traffic-split";

const type = "google_vertex_ai_endpoint";

/** Details of a deployed model that Terraform's schema has no place for, by endpoint and deployed id. */
const detailKind = "deployed-model";

/**
 * A Vertex AI endpoint. Terraform made it and reads it: what is deployed and how traffic is split are kept in its outputs
 * `deployed_models` and `traffic_split`, so that they end with it.
 */
export class Endpoint {
  static find(context: Context, name: string): Endpoint | undefined {
    const resource = context.cloud.get(type, name);
    return resource && new Endpoint(context, resource);
  }

  /** Throws where there is none. */
  static get(context: Context, name: string): Endpoint {
    const endpoint = Endpoint.find(context, name);
    if (!endpoint) {
      throw new ApiError("NOT_FOUND", `Endpoint \`${withNumber(context, name)}\` not found.`);
    }
    return endpoint;
  }

  static ofCall(context: Context, call: Call): Endpoint {
    return Endpoint.get(context, `${parentOf(locationOf(context, call))}/endpoints/${call.params["endpoint"]!}`);
  }

  static list(context: Context, parent: string): Endpoint[] {
    return context.cloud
      .list(type)
      .filter(({ id }) => id.startsWith(`${parent}/endpoints/`))
      .map((resource) => new Endpoint(context, resource));
  }

  /** `projects/{id}/locations/{region}/endpoints/{endpoint}` */
  readonly name: string;
  readonly values: ValueObject;

  private constructor(
    private readonly context: Context,
    resource: CloudResource,
  ) {
    this.name = resource.id;
    this.values = resource.values;
  }

  get deployedModels(): readonly DeployedModel[] {
    const listed = this.values["deployed_models"];
    return (isList(listed) ? listed : []).filter(isObject).map((values) => {
      const id = text(values, "id") ?? "";
      return this.context.store.get<DeployedModel>(detailKind, `${this.name}/${id}`) ?? fromTerraform(values);
    });
  }

  get displayName(): string {
    return text(this.values, "display_name") ?? "";
  }

  get trafficSplit(): TrafficSplit {
    const json = text(this.values, "traffic_split");
    return json === undefined ? {} : (JSON.parse(json) as TrafficSplit);
  }

  /** Where networks connect to the models that are deployed, with Private Service Connect only. */
  get serviceAttachment(): string | undefined {
    const config = singleBlock(this.values, "private_service_connect_config");
    if (config?.["enable_private_service_connect"] !== true) {
      return undefined;
    }
    const [, , , region = ""] = this.name.split("/");
    const hash = createHash("sha256").update(this.name).digest("hex");
    return `projects/${hash.slice(0, 17)}-tp/regions/${region}/serviceAttachments/gkedpm-${hash.slice(17, 47)}`;
  }

  /** Changes with everything that a caller may read or write. */
  get etag(): string {
    const revision = this.context.store.get<number>("endpoint-revision", this.name) ?? 0;
    const content = JSON.stringify([revision, this.values], (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    return `AMEw9y${createHash("sha256").update(content).digest("base64url").slice(0, 26)}`;
  }

  /** Writes what changes at run time. */
  write(change: {
    deployedModels?: readonly DeployedModel[];
    trafficSplit?: TrafficSplit;
    values?: ValueObject;
  }): void {
    const { store, cloud, clock } = this.context;
    const split = change.trafficSplit;
    for (const model of change.deployedModels ?? []) {
      store.put(detailKind, `${this.name}/${model.id}`, model);
    }
    store.put("endpoint-revision", this.name, (store.get<number>("endpoint-revision", this.name) ?? 0) + 1);
    cloud.put({
      type,
      id: this.name,
      values: {
        ...this.values,
        ...change.values,
        ...(change.deployedModels && { deployed_models: change.deployedModels.map(toTerraform) }),
        ...(split && { traffic_split: Object.keys(split).length === 0 ? "" : JSON.stringify(sorted(split)) }),
        update_time: timestamp(clock.now()),
      },
    });
  }

  /** The message `Endpoint`. */
  get message(): object {
    const { values, deployedModels, trafficSplit } = this;
    const given = (name: string) => text(values, name);
    const labels = values["effective_labels"] ?? values["labels"];
    return {
      name: withNumber(this.context, this.name),
      displayName: this.displayName,
      ...(given("description") !== undefined && { description: given("description") }),
      ...(deployedModels.length > 0 && { deployedModels }),
      ...(Object.keys(trafficSplit).length > 0 && { trafficSplit }),
      etag: this.etag,
      ...(isObject(labels) && Object.keys(labels).length > 0 && { labels }),
      ...(given("create_time") !== undefined && { createTime: given("create_time") }),
      ...(given("update_time") !== undefined && { updateTime: given("update_time") }),
      ...(given("network") !== undefined && { network: given("network") }),
      ...block(values, "encryption_spec", (spec) => ({ encryptionSpec: { kmsKeyName: text(spec, "kms_key_name") } })),
      ...block(values, "predict_request_response_logging_config", (config) => ({
        predictRequestResponseLoggingConfig: {
          ...(config["enabled"] === true && { enabled: true }),
          ...(typeof config["sampling_rate"] === "number" && { samplingRate: config["sampling_rate"] }),
          ...block(config, "bigquery_destination", (destination) => ({
            bigqueryDestination: { outputUri: text(destination, "output_uri") },
          })),
        },
      })),
      ...block(values, "private_service_connect_config", (config) => ({
        privateServiceConnectConfig: {
          enablePrivateServiceConnect: config["enable_private_service_connect"] === true,
          ...(isList(config["project_allowlist"]) && { projectAllowlist: config["project_allowlist"] }),
        },
      })),
      ...(values["dedicated_endpoint_enabled"] === true && {
        dedicatedEndpointEnabled: true,
        dedicatedEndpointDns: given("dedicated_endpoint_dns"),
      }),
    };
  }
}

/** What is made of the single block of a name: `{}` without it. */
export function block(values: ValueObject, name: string, render: (block: ValueObject) => object): object {
  const single = singleBlock(values, name);
  return single ? render(single) : {};
}

/** The single block of a name, whichever way it is kept. */
function singleBlock(values: ValueObject, name: string): ValueObject | undefined {
  const value: Value | undefined = values[name];
  const single = isList(value) ? value[0] : value;
  return isObject(single) ? single : undefined;
}

function sorted(split: TrafficSplit): TrafficSplit {
  return Object.fromEntries(Object.entries(split).sort(([a], [b]) => (a < b ? -1 : 1)));
}
