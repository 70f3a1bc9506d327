import { readFileSync } from "node:fs";

import { type Enum, type Method, Root, type Type } from "protobufjs";

import { type Direction, problemsOf, type Reading } from "./protobuf-json";
import { isWrittenDown, restProblems } from "./rest-definitions";

/** Services by host, each from the definitions that Google ships with its client libraries. */
const services: readonly (readonly [host: RegExp, file: string, names: readonly string[]])[] = [
  [
    /^[a-z0-9-]+-aiplatform\.googleapis\.com$/,
    "@google-cloud/aiplatform/build/protos/protos.json",
    ["Endpoint", "Model", "Prediction", "Pipeline", "Job"].map((noun) => `google.cloud.aiplatform.v1.${noun}Service`),
  ],
  [
    /^monitoring\.googleapis\.com$/,
    "@google-cloud/monitoring/build/protos/protos.json",
    ["google.monitoring.v3.MetricService"],
  ],
  [
    /^workflowexecutions\.googleapis\.com$/,
    "@google-cloud/workflows/build/protos/protos.json",
    ["google.cloud.workflows.executions.v1.Executions"],
  ],
  [
    /^dataflow\.googleapis\.com$/,
    "@google-cloud/dataflow/build/protos/protos.json",
    ["google.dataflow.v1beta3.JobsV1Beta3", "google.dataflow.v1beta3.FlexTemplatesService"],
  ],
];

/** A call of one of Google's REST APIs. */
export interface DefinedCall {
  readonly host: string;
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query?: URLSearchParams | Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
}

interface Binding {
  readonly method: Method;
  readonly verb: string;
  readonly pattern: RegExp;
  /** Fields that the path gives, such as `endpoint.name`. */
  readonly pathFields: readonly string[];
  /** `*`, the name of a field, or nothing. */
  readonly body: string | undefined;
}

interface Definitions {
  readonly root: Root;
  readonly bindings: readonly Binding[];
}

const cache = new Map<string, Definitions>();

/**
 * What is wrong with a request by Google's definitions; empty where nothing is.
 * @param reading `expressions`: texts such as `${x}` stand for values of any type
 */
export function validateRequest(call: DefinedCall, reading: Reading = {}): string[] {
  if (isWrittenDown(call)) {
    return restProblems(call);
  }
  const found = find(call);
  if (typeof found === "string") {
    return [found];
  }
  const { binding, root } = found;
  const request = root.lookupType(binding.method.requestType);
  const inPath = binding.pathFields.map((path) => path.split(".").map(camelCase).join("."));
  const problems = queryProblems(call, request, binding);
  if (binding.body === undefined) {
    return call.body === undefined ? problems : [...problems, `${call.method} ${call.path} takes no body`];
  }
  const isPatch = call.method === "PATCH";
  if (binding.body === "*") {
    return [
      ...problems,
      ...problemsOf(root, request, call.body ?? {}, { ...reading, direction: "request", given: inPath, isPatch }),
    ];
  }
  const field = request.fields[camelCase(binding.body)]!.resolve();
  const inner = inPath
    .filter((path) => path.startsWith(`${field.name}.`))
    .map((path) => path.slice(field.name.length + 1));
  const type = field.resolvedType as Type;
  return [
    ...problems,
    ...problemsOf(root, type, call.body ?? {}, { ...reading, direction: "request", given: inner, isPatch }),
  ];
}

/** What is wrong with the body of a successful answer. */
export function validateResponse(call: DefinedCall, body: unknown): string[] {
  const found = find(call);
  if (typeof found === "string") {
    return [found];
  }
  const { binding, root } = found;
  const direction: Direction = "response";
  const name = binding.method.responseType;
  return name.endsWith("HttpBody") ? [] : problemsOf(root, root.lookupType(name), body, { direction });
}

function find(call: DefinedCall): { binding: Binding; root: Root } | string {
  const service = services.find(([host]) => host.test(call.host));
  if (!service) {
    return `no definitions of the host ${call.host}`;
  }
  const { root, bindings } = definitionsOf(service[1], service[2]);
  const binding = bindings.find(({ verb, pattern }) => verb === call.method && pattern.test(call.path));
  return binding ? { binding, root } : `${call.method} ${call.path} is no method of ${call.host}`;
}

function definitionsOf(file: string, names: readonly string[]): Definitions {
  const known = cache.get(file);
  if (known) {
    return known;
  }
  const json = JSON.parse(readFileSync(require.resolve(file), "utf8")) as Parameters<typeof Root.fromJSON>[0];
  const root = Root.fromJSON(json);
  const bindings = names.flatMap((name) => root.lookupService(name).methodsArray.flatMap(bindingsOf));
  const definitions = { root, bindings };
  cache.set(file, definitions);
  return definitions;
}

type HttpRule = Readonly<Record<string, unknown>>;

function bindingsOf(method: Method): Binding[] {
  const options = (method.parsedOptions ?? []) as unknown as readonly Record<string, HttpRule>[];
  const rule = options.find((option) => option["(google.api.http)"])?.["(google.api.http)"];
  if (!rule) {
    return [];
  }
  const more = [rule["additional_bindings"] ?? rule["additionalBindings"] ?? []].flat() as HttpRule[];
  return [rule, ...more].flatMap((each) => {
    const verb = ["get", "post", "patch", "put", "delete"].find((name) => typeof each[name] === "string");
    return verb === undefined ? [] : [binding(method, verb, each[verb] as string, each["body"] as string | undefined)];
  });
}

function binding(method: Method, verb: string, template: string, body: string | undefined): Binding {
  const pathFields = [...template.matchAll(/\{([\w.]+)(?:=[^}]*)?\}/g)].map(([, field]) => field!);
  const pattern = template
    .replace(/[.:+?^$()|[\]\\]/g, "\\$&")
    .replace(/\{([\w\\.]+)(?:=([^}]*))?\}/g, (_, _field: string, form = "*") => form as string)
    .replace(/\*\*/g, "\u0000")
    .replace(/\*/g, "[^/:]+")
    .replace(/\u0000/g, ".+");
  return { method, verb: verb.toUpperCase(), pattern: new RegExp(`^${pattern}$`), pathFields, body };
}

function queryProblems(call: DefinedCall, request: Type, { body }: Binding): string[] {
  const query = call.query instanceof URLSearchParams ? [...call.query] : pairs(call.query ?? {});
  return query.flatMap(([name, value]) => {
    if (body === "*") {
      return [`query parameter '${name}' is not taken: the body is the whole request`];
    }
    let type: Type | Enum | null = request;
    for (const part of name.split(".")) {
      const field: Type["fields"][string] | undefined =
        "fields" in type! ? type.fields[camelCase(part)]?.resolve() : undefined;
      if (!field) {
        return [`query parameter '${name}' is not a field of ${request.name}`];
      }
      type = field.resolvedType;
    }
    const isEnum = type !== null && "values" in type;
    return isEnum && !value.startsWith("${") && !(value in (type as Enum).values)
      ? [`query parameter '${name}' must be one of ${Object.keys((type as Enum).values).join(", ")}, got '${value}'`]
      : [];
  });
}

function pairs(query: Readonly<Record<string, string | readonly string[]>>): [string, string][] {
  return Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value as string]),
  );
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
