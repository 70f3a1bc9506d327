import { createHash, createHmac } from "node:crypto";

import { failure } from "../errors";
import { decode, encode, isBytes, type Value } from "../values";
import { define, type Given, type Library } from "./library";

const algorithms = ["MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512"];

/** cloud.google.com/workflows/docs/reference/stdlib/base64, /hash and /json; `indent` of JSON is not supported */
export const bytes: Library = {
  "base64.decode": define("data padding?", (given) => {
    const data = given.text(0).replaceAll(/[\r\n]/g, "");
    const padded = given.flag(1, true);
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(data) || (padded ? data.length % 4 !== 0 : data.includes("="))) {
      throw failure("ValueError", "the string is not Base64");
    }
    return new Uint8Array(Buffer.from(data, "base64"));
  }),
  "base64.encode": define("data padding?", (given) => {
    const encoded = Buffer.from(given.bytes(0)).toString("base64");
    return given.flag(1, true) ? encoded : encoded.replaceAll("=", "");
  }),
  "hash.compute_checksum": define("data algorithm", (given) => {
    const data = given.bytes(0);
    return new Uint8Array(createHash(algorithm(given, 1)).update(data).digest());
  }),
  "hash.compute_hmac": define("key data algorithm", (given) => {
    const [key, data] = [given.bytes(0), given.bytes(1)];
    return new Uint8Array(createHmac(algorithm(given, 2), key).update(data).digest());
  }),
  "json.decode": define("data", (given) => {
    const data = given.any(0);
    try {
      return decode(isBytes(data) ? Buffer.from(data).toString("utf8") : given.text(0));
    } catch (error) {
      throw error instanceof SyntaxError ? failure("ValueError", "the data is not JSON") : error;
    }
  }),
  "json.encode": define("data", (given) => new TextEncoder().encode(json(given.any(0)))),
  "json.encode_to_string": define("data", (given) => json(given.any(0))),
};

function json(value: Value): string {
  try {
    return encode(value);
  } catch (error) {
    throw error instanceof TypeError ? failure("TypeError", error.message) : error;
  }
}

function algorithm(given: Given, index: number): string {
  const name = given.text(index);
  if (!algorithms.includes(name)) {
    throw failure("ValueError", `the hashing algorithm must be one of ${algorithms.join(", ")}, got '${name}'`);
  }
  return name.toLowerCase();
}
