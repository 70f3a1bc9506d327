import { failure } from "./errors";
import { limits } from "./limits";
import { percentEncode } from "./stdlib/text";
import { stringOf } from "./stdlib/helpers";
import {
  decode,
  encode,
  isBytes,
  isList,
  isMap,
  isNumber,
  type Json,
  mapOf,
  toJson,
  typeOf,
  type Value,
} from "./values";

export interface HttpRequest {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Encoded as `content-type` says. */
  readonly body?: string | Uint8Array;
  /** What the step says of authentication, such as `{ type: "OAuth2" }`. */
  readonly auth?: Json;
  readonly timeoutSeconds: number;
}

export interface HttpResponse {
  readonly code: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/**
 * Sends a request: resolves for every answer, whatever its code, and throws a `ConnectionProblem` where there is none. Whoever
 * waits for a socket does so inside of the clock's `during`.
 */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** No answer: nothing was connected (`ConnectionFailedError`), or it broke later (`ConnectionError`), maybe after it took effect. */
export class ConnectionProblem extends Error {
  override readonly name = "ConnectionProblem";

  constructor(
    readonly tag: "ConnectionError" | "ConnectionFailedError",
    message: string,
  ) {
    super(message);
  }
}

export function jsonResponse(code: number, body: Json, headers: Record<string, string> = {}): HttpResponse {
  return {
    code,
    headers: { ...headers, "content-type": "application/json; charset=UTF-8" },
    body: JSON.stringify(body),
  };
}

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

/** The answer as the step gets it. Throws an `HttpError` for codes from 400. */
export function resultOf(response: HttpResponse): Value {
  const size = response.body === undefined ? 0 : Buffer.byteLength(response.body);
  if (size > limits.responseBytes) {
    throw failure("ResourceLimitError", `a response may have ${limits.responseBytes} bytes at most, got ${size}`);
  }
  const headers = lowerCase(response.headers ?? {});
  const parts = {
    body: decodeBody(response.body, headers["content-type"] ?? ""),
    code: BigInt(response.code),
    headers: mapOf(headers),
  };
  if (response.code >= 400) {
    throw failure("HttpError", `HTTP server responded with error code ${response.code}`, parts);
  }
  return mapOf(parts);
}

/** A body as its content type says: JSON, text, or bytes; null where there is none. */
export function decodeBody(body: string | Uint8Array | undefined, type: string): Value {
  if (body === undefined || body.length === 0) {
    return null;
  }
  const text = (): string => (typeof body === "string" ? body : Buffer.from(body).toString("utf8"));
  if (/^application\/json\b/i.test(type)) {
    try {
      return decode(text());
    } catch (error) {
      if (!(error instanceof SyntaxError)) {
        throw error;
      }
      return text();
    }
  }
  return /^text\//i.test(type) ? text() : typeof body === "string" ? new TextEncoder().encode(body) : body;
}

export function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
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
