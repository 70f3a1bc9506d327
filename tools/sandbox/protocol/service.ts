import type {
  MethodDefinition,
  sendUnaryData,
  ServerUnaryCall,
  ServiceDefinition,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { join } from "node:path";

import type { Provider } from "../provider/provider";
import { Catalogue } from "../schema/catalogue";
import { parseJson } from "../values/json";
import { decodeValue, encodeValue } from "../values/msgpack";
import type { Value } from "../values/value";
import { type Diagnostic, ProviderError, wireErrors, wirePath } from "./diagnostic";
import { wireSchemas } from "./schemas";

const definitions = loadSync(join(__dirname, "provider.proto"), {
  keepCase: true,
  defaults: true,
  oneofs: true,
  longs: Number,
});

/** Methods of Terraform's plugin protocol 5. */
export const providerService: ServiceDefinition = serialisingSchemasOnce(
  definitions["tfplugin5.Provider"] as ServiceDefinition,
);

/** Schemas are asked for several times per command: their bytes are made once per catalogue. */
const schemaBytes = new WeakMap<Catalogue, Buffer>();

function serialisingSchemasOnce(service: ServiceDefinition): ServiceDefinition {
  const method = service["GetSchema"] as MethodDefinition<unknown, unknown>;
  const serialize = (answer: unknown) => {
    if (!(answer instanceof Catalogue)) {
      return method.responseSerialize(answer);
    }
    const bytes = schemaBytes.get(answer) ?? method.responseSerialize(wireSchemas(answer));
    schemaBytes.set(answer, bytes);
    return bytes;
  };
  return { ...service, GetSchema: { ...method, responseSerialize: serialize } };
}

/** Makes the answer about schemas before anybody asks for it. Throws where the bindings are not installed. */
export function prepareSchemas(catalogue: Catalogue): void {
  providerService["GetSchema"]!.responseSerialize(catalogue);
}

interface Dynamic {
  readonly msgpack: Buffer;
  readonly json: Buffer;
}

/** Any request: each method reads the fields that the protocol gives it. */
interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config: Dynamic | null;
  readonly current_state: Dynamic | null;
  readonly prior_state: Dynamic | null;
  readonly planned_state: Dynamic | null;
  readonly proposed_new_state: Dynamic | null;
  readonly raw_state: { readonly json: Buffer } | null;
  readonly private: Buffer;
  readonly prior_private: Buffer;
  readonly planned_private: Buffer;
}

type Handler = (request: Request) => object;

/** Stands between a call and its answer. Tests break off there: before a change, after it, or with Terraform gone. */
export type Interceptor = (method: string, answer: () => object) => object;

/** Answers the protocol's methods with a provider. */
export function serve(
  provider: Provider,
  intercept: Interceptor = (_, answer) => answer(),
): UntypedServiceImplementation {
  const handlers: Record<string, Handler> = {
    GetSchema: () => {
      provider.catalogue.load();
      return provider.catalogue;
    },
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    Configure: ({ config }) => {
      provider.configure(read(config));
      return {};
    },
    ValidateResourceTypeConfig: ({ type_name, config }) => ({
      diagnostics: wireErrors(provider.validate(type_name, read(config))),
    }),
    ValidateDataSourceConfig: () => ({}),
    UpgradeResourceState: ({ type_name, raw_state }) => ({
      upgraded_state: write(provider.upgrade(type_name, parseJson(raw_state?.json.toString("utf8") ?? "null"))),
    }),
    ReadResource: (request) => ({
      new_state: write(provider.read(request.type_name, read(request.current_state))),
      private: request.private,
    }),
    PlanResourceChange: (request) => {
      const { planned, replaces } = provider.plan(
        request.type_name,
        read(request.config),
        read(request.prior_state),
        read(request.proposed_new_state),
      );
      return {
        planned_state: write(planned),
        requires_replace: replaces.map(wirePath),
        planned_private: request.prior_private,
        legacy_type_system: true,
      };
    },
    ApplyResourceChange: (request) => apply(provider, request),
    ImportResourceState: ({ type_name, id }) => ({
      imported_resources: [{ type_name, state: write(provider.import(type_name, id)) }],
    }),
    MoveResourceState: () => {
      throw new ProviderError([
        {
          summary: "The provider cannot move a resource to another type",
          detail: "Keep the type, or remove the resource from the state and import it under its new type.",
        },
      ]);
    },
    ReadDataSource: ({ type_name, config }) => ({ state: write(provider.readData(type_name, read(config))) }),
    Stop: () => ({}),
  };
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      answering((request) => intercept(name, () => handler(request))),
    ]),
  );
}

/** A refused change leaves what was there before. */
function apply(provider: Provider, request: Request): object {
  const prior = read(request.prior_state);
  let state = prior;
  let errors: readonly Diagnostic[] = [];
  try {
    state = provider.apply(request.type_name, prior, read(request.planned_state));
  } catch (error) {
    errors = diagnosticsOf(error);
  }
  return {
    new_state: write(state),
    private: request.planned_private,
    diagnostics: wireErrors(errors),
    legacy_type_system: true,
  };
}

function answering(handler: Handler) {
  return (call: ServerUnaryCall<Request, object>, callback: sendUnaryData<object>) => {
    try {
      callback(null, handler(call.request));
    } catch (error) {
      try {
        callback(null, { diagnostics: wireErrors(diagnosticsOf(error)) });
      } catch (fault) {
        callback({ code: status.INTERNAL, details: String(fault) });
      }
    }
  };
}

function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof ProviderError) {
    return error.diagnostics;
  }
  return [{ summary: error instanceof Error ? error.message : String(error) }];
}

function read(dynamic: Dynamic | null): Value {
  if (!dynamic) {
    return null;
  }
  return dynamic.msgpack.length > 0 ? decodeValue(dynamic.msgpack) : parseJson(dynamic.json.toString("utf8") || "null");
}

function write(value: Value): { msgpack: Buffer } {
  return { msgpack: encodeValue(value) };
}
