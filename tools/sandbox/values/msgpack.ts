import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";

import { isList, isObject, Unknown, UNKNOWN, type Value } from "./value";

/** Terraform writes an unknown value as extension 0, and from 1.6 on as extension 12 with what it knows about it. */
const codec = new ExtensionCodec();
codec.register({
  type: 0,
  encode: (value) => (value instanceof Unknown ? Uint8Array.of(0) : null),
  decode: () => UNKNOWN,
});
codec.register({ type: 12, encode: () => null, decode: () => UNKNOWN });

/** Reads a value as Terraform sends it. Numbers may still be strings: {@link shape} makes them numbers. */
export function decodeValue(bytes: Uint8Array): Value {
  return decode(bytes, { extensionCodec: codec, useBigInt64: true }) as Value;
}

/** Writes a value as Terraform reads it. */
export function encodeValue(value: Value): Buffer {
  return Buffer.from(encode(exactNumbers(value), { extensionCodec: codec, useBigInt64: true }));
}

/** Fractions travel as decimal text, as Terraform itself sends them: 0.1 has no exact binary form. */
function exactNumbers(value: Value): Value {
  if (typeof value === "number" && !Number.isInteger(value)) {
    return String(value);
  }
  if (isList(value)) {
    return value.map(exactNumbers);
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, exactNumbers(inner)]));
  }
  return value;
}
