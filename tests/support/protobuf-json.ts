import type { Enum, Field, Root, Type } from "protobufjs";

export type Direction = "request" | "response";

/** How JSON is read. */
export interface Reading {
  /** Texts that hold an expression of Workflows stand for a value of any type. */
  readonly expressions?: boolean;
}

interface Options extends Reading {
  readonly direction: Direction;
  /** Fields that were given elsewhere, such as in the path. */
  readonly given?: readonly string[];
  /** A patch need not give what is required. */
  readonly isPatch?: boolean;
}

/** What is wrong with a JSON value as a protocol buffer message. Source: https://protobuf.dev/programming-guides/json */
export function problemsOf(root: Root, type: Type, value: unknown, options: Options, path = ""): string[] {
  const known = wellKnown[type.fullName.replace(/^\./, "")];
  if (isExpression(value, options) || value === null || value === undefined) {
    return [];
  }
  if (known) {
    return known(value) ? [] : [`'${path}' must be a ${type.name}, got ${JSON.stringify(value)}`];
  }
  if (typeof value !== "object" || Array.isArray(value)) {
    return [`'${path}' must be an object (${type.name}), got ${JSON.stringify(value)}`];
  }
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  const problems: string[] = [];
  const set = new Set<string>();
  for (const [name, item] of Object.entries(value)) {
    const field = fieldOf(type, name);
    if (!field) {
      problems.push(`'${at(name)}' is not a field of ${type.name}`);
    } else if (item !== undefined) {
      set.add(field.name);
      problems.push(...fieldProblems(root, field, item, { ...options, given: [] }, at(name)));
    }
  }
  for (const oneof of type.oneofsArray.filter(({ isProto3Optional }) => !isProto3Optional)) {
    const members = oneof.fieldsArray.map(({ name }) => name).filter((name) => set.has(name));
    if (members.length > 1) {
      problems.push(`'${at(oneof.name)}' must be one of ${members.join(" and ")}, not both`);
    }
  }
  if (options.direction === "request" && options.isPatch !== true) {
    const missing = type.fieldsArray.filter((field) => behaviours(field).includes("REQUIRED") && !set.has(field.name));
    const given = options.given?.map((each) => each.split(".")[0]) ?? [];
    problems.push(
      ...missing.filter(({ name }) => !given.includes(name)).map(({ name }) => `'${at(name)}' is required`),
    );
  }
  return problems;
}

function fieldProblems(root: Root, field: Field, value: unknown, options: Options, path: string): string[] {
  field.resolve();
  if (isExpression(value, options) || value === null) {
    return [];
  }
  if (options.direction === "request" && behaviours(field).includes("OUTPUT_ONLY")) {
    return [`'${path}' is given by Google, not by a caller`];
  }
  if (field.map) {
    return typeof value !== "object" || Array.isArray(value)
      ? [`'${path}' must be an object, got ${JSON.stringify(value)}`]
      : Object.entries(value).flatMap(([key, item]) => itemProblems(root, field, item, options, `${path}.${key}`));
  }
  if (field.repeated) {
    return Array.isArray(value)
      ? value.flatMap((item, index) => itemProblems(root, field, item, options, `${path}.${index}`))
      : [`'${path}' must be a list, got ${JSON.stringify(value)}`];
  }
  return itemProblems(root, field, value, options, path);
}

function itemProblems(root: Root, field: Field, value: unknown, options: Options, path: string): string[] {
  const type = field.resolvedType;
  if (isExpression(value, options)) {
    return [];
  }
  if (type && "values" in type) {
    const names = Object.keys((type as Enum).values);
    return typeof value === "string" && names.includes(value)
      ? []
      : [`'${path}' must be one of ${names.join(", ")}, got ${JSON.stringify(value)}`];
  }
  if (type) {
    return problemsOf(root, type as Type, value, options, path);
  }
  return scalarFits(field.type, value, options.direction)
    ? []
    : [`'${path}' must be ${field.type}, got ${JSON.stringify(value)}`];
}

function scalarFits(type: string, value: unknown, direction: Direction): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "bool":
      return typeof value === "boolean";
    case "bytes":
      return typeof value === "string" && /^[A-Za-z0-9+/_-]*=*$/.test(value);
    case "float":
    case "double":
      return typeof value === "number" || ["NaN", "Infinity", "-Infinity"].includes(String(value));
    case "int64":
    case "uint64":
    case "sint64":
    case "fixed64":
    case "sfixed64":
      return (
        (typeof value === "string" && /^-?\d+$/.test(value)) || (direction === "request" && Number.isSafeInteger(value))
      );
    default:
      return Number.isInteger(value) || (direction === "request" && typeof value === "string" && /^-?\d+$/.test(value));
  }
}

const isText = (pattern: RegExp) => (value: unknown) => typeof value === "string" && pattern.test(value);

/** Messages that JSON writes in a form of their own. */
const wellKnown: Readonly<Record<string, (value: unknown) => boolean>> = {
  "google.protobuf.Timestamp": isText(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/),
  "google.protobuf.Duration": isText(/^-?\d+(\.\d{1,9})?s$/),
  "google.protobuf.FieldMask": isText(/^[\w.]+(,[\w.]+)*$/),
  "google.protobuf.Struct": (value) => typeof value === "object" && !Array.isArray(value),
  "google.protobuf.ListValue": Array.isArray,
  "google.protobuf.Value": () => true,
  "google.protobuf.Any": (value) => typeof (value as Record<string, unknown>)["@type"] === "string",
  "google.protobuf.Empty": (value) => typeof value === "object" && Object.keys(value as object).length === 0,
};

function fieldOf(type: Type, name: string): Field | undefined {
  return type.fields[name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())];
}

/** The definitions that Google ships keep one behaviour of a field, the last, where they have no parsed options. */
function behaviours({ options, parsedOptions }: Field): string[] {
  const name = "(google.api.field_behavior)";
  const parsed = (parsedOptions ?? []) as unknown as readonly Record<string, unknown>[];
  return [...parsed, options ?? {}].flatMap((option) => option[name] ?? []).map(String);
}

function isExpression(value: unknown, { expressions }: Reading): boolean {
  return expressions === true && typeof value === "string" && value.includes("${");
}
