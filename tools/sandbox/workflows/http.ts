import { failure } from "./errors";
import { limits } from "./limits";
import { decode, type Json, mapOf, type Value } from "./values";

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
