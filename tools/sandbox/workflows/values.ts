/**
 * Values of the Workflows language. Integers are bigints, since a double is another type: `1` and `1.0` differ. Values never
 * change: an assignment to a part of a map makes another map, as the language copies where it assigns.
 */
export type Value =
  null | boolean | bigint | number | string | Uint8Array | readonly Value[] | ReadonlyMap<string, Value>;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type TypeName = "null" | "boolean" | "integer" | "double" | "string" | "bytes" | "list" | "map";

/** As `get_type` calls it. */
export function typeOf(value: Value): TypeName {
  switch (typeof value) {
    case "bigint":
      return "integer";
    case "number":
      return "double";
    case "boolean":
    case "string":
      return typeof value as "boolean" | "string";
    default:
      return value === null ? "null" : isList(value) ? "list" : isMap(value) ? "map" : "bytes";
  }
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value | undefined): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}

export function isBytes(value: Value | undefined): value is Uint8Array {
  return value instanceof Uint8Array;
}

export function mapOf(entries: Record<string, Value>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(entries));
}

export function fromJson(json: Json): Value {
  if (typeof json === "number") {
    return Number.isSafeInteger(json) ? BigInt(json) : json;
  }
  if (json === null || typeof json !== "object") {
    return json;
  }
  return Array.isArray(json)
    ? json.map(fromJson)
    : new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)]));
}

/** Throws a `TypeError` for bytes, which have no JSON. */
export function toJson(value: Value): Json {
  return JSON.parse(encode(value)) as Json;
}

/** JSON text, with integers of any size. */
export function encode(value: Value): string {
  if (isList(value)) {
    return `[${value.map(encode).join(",")}]`;
  }
  if (isMap(value)) {
    return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${encode(item)}`).join(",")}}`;
  }
  if (isBytes(value)) {
    throw new TypeError("bytes cannot be JSON-encoded");
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`${value} cannot be JSON-encoded`);
  }
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

/** Throws a `SyntaxError` for text that is no JSON. */
export function decode(text: string): Value {
  return fromJson(JSON.parse(text) as Json);
}

export function equal(a: Value, b: Value): boolean {
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]!));
  }
  if (isMap(a)) {
    return isMap(b) && a.size === b.size && [...a].every(([key, item]) => b.has(key) && equal(item, b.get(key)!));
  }
  if (isBytes(a)) {
    return isBytes(b) && Buffer.from(a).equals(b);
  }
  // An integer equals a double of the same value.
  return isNumber(a) && isNumber(b) ? a <= b && a >= b : a === b;
}

export function isNumber(value: Value | undefined): value is bigint | number {
  return typeof value === "bigint" || typeof value === "number";
}

const sizes = new WeakMap<object, number>();

/** Bytes of memory, as cloud.google.com/workflows/docs/reference/syntax/variables computes them. */
export function sizeOf(value: Value): number {
  if (value === null) {
    return 0;
  }
  if (typeof value === "string") {
    return 8 + Buffer.byteLength(value);
  }
  if (typeof value !== "object") {
    return 8;
  }
  let size = sizes.get(value);
  if (size === undefined) {
    size = 8;
    if (isBytes(value)) {
      size += value.length;
    } else if (isList(value)) {
      size += value.reduce<number>((sum, item) => sum + sizeOf(item), 0);
    } else {
      for (const [key, item] of value) {
        size += sizeOf(key) + sizeOf(item);
      }
    }
    sizes.set(value, size);
  }
  return size;
}
