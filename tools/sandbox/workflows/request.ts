import { failure } from "./errors";
import type { HttpRequest } from "./http";
import { limits } from "./limits";
import { stringOf } from "./stdlib/helpers";
import { percentEncode } from "./stdlib/text";
import { encode, isBytes, isList, isMap, isNumber, type Json, toJson, typeOf, type Value } from "./values";

const methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

/** The request of a `call: http.…` step: cloud.google.com/workflows/docs/reference/stdlib/http/request */
export function requestOf(called: string, given: ReadonlyMap<string, Value>): HttpRequest {
  const method = called === "http.request" ? given.get("method")! : called.slice("http.".length).toUpperCase();
  if (typeof method !== "string" || !methods.includes(method)) {
    throw failure(
      "ValueError",
      `'method' must be one of ${methods.join(", ")}, got ${stringOf(method) ?? typeOf(method)}`,
    );
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of mapArgument(given, "headers")) {
    if (typeof value !== "string") {
      throw failure("TypeError", `header '${name}' must be a string, got ${typeOf(value)}`);
    }
    headers[name.toLowerCase()] = value;
  }
  const body = given.get("body") ?? null;
  const auth = authOf(given);
  return {
    method,
    url: urlOf(given),
    headers: body === null ? headers : { "content-type": contentType(body), ...headers },
    ...(body === null ? {} : { body: encodeBody(body, headers["content-type"] ?? contentType(body)) }),
    ...(auth === undefined ? {} : { auth }),
    timeoutSeconds: timeoutOf(given),
  };
}

function urlOf(given: ReadonlyMap<string, Value>): string {
  const url = given.get("url")!;
  if (typeof url !== "string") {
    throw failure("TypeError", `'url' must be a string, got ${typeOf(url)}`);
  }
  if (!/^https?:\/\/[^\s]+$/.test(url)) {
    throw failure("ValueError", `'url' must begin with http:// or https:// and have no spaces, got '${url}'`);
  }
  const query = encodeQuery(mapArgument(given, "query"));
  return query === "" ? url : `${url}${url.includes("?") ? "&" : "?"}${query}`;
}

function encodeQuery(query: ReadonlyMap<string, Value>): string {
  return [...query]
    .flatMap(([name, value]) => (isList(value) ? value : [value]).map((item) => [name, item] as const))
    .map(([name, item]) => {
      const text = stringOf(item);
      if (text === undefined) {
        throw failure(
          "TypeError",
          `query parameter '${name}' must be a string, a number, a boolean or a list, got ${typeOf(item)}`,
        );
      }
      return `${percentEncode(name)}=${percentEncode(text)}`;
    })
    .join("&");
}

function mapArgument(given: ReadonlyMap<string, Value>, name: string): ReadonlyMap<string, Value> {
  const value = given.get(name) ?? new Map<string, Value>();
  if (!isMap(value)) {
    throw failure("TypeError", `'${name}' must be a map, got ${typeOf(value)}`);
  }
  return value;
}

function authOf(given: ReadonlyMap<string, Value>): Json | undefined {
  const auth = mapArgument(given, "auth");
  if (auth.size === 0) {
    return undefined;
  }
  const type = auth.get("type") ?? null;
  if (type !== "OIDC" && type !== "OAuth2") {
    throw failure("ValueError", `'auth.type' must be OIDC or OAuth2, got ${stringOf(type) ?? typeOf(type)}`);
  }
  return toJson(auth);
}

function timeoutOf(given: ReadonlyMap<string, Value>): number {
  const timeout = given.get("timeout") ?? 300;
  if (!isNumber(timeout)) {
    throw failure("TypeError", `'timeout' must be a number, got ${typeOf(timeout)}`);
  }
  if (!(timeout > 0 && timeout <= limits.httpTimeoutSeconds)) {
    throw failure(
      "ValueError",
      `'timeout' must be more than 0 and at most ${limits.httpTimeoutSeconds} seconds, got ${timeout}`,
    );
  }
  return Number(timeout);
}

function contentType(body: Value): string {
  return isBytes(body) ? "application/octet-stream" : "application/json; charset=utf-8";
}

function encodeBody(body: Value, type: string): string | Uint8Array {
  if (isBytes(body)) {
    return body;
  }
  if (/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    return encode(body);
  }
  if (typeof body === "string") {
    return body;
  }
  if (isMap(body) && /^application\/x-www-form-urlencoded\b/i.test(type)) {
    return encodeQuery(body);
  }
  throw failure("TypeError", `a body of type '${type}' must be a string or bytes, got ${typeOf(body)}`);
}
