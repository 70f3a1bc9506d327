import { failure } from "./errors";
import { decodeBody, lowerCase } from "./http";
import { formatTime } from "./stdlib/time";
import { mapOf, type Value } from "./values";

/** A request to a callback endpoint. */
export interface CallbackRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface CallbackEndpoint {
  readonly url: string;
  readonly method: string;
  /** How many wait for a request. */
  readonly waiters: number;
}

interface Slot extends Pick<CallbackEndpoint, "url" | "method"> {
  /** A request that nobody has awaited yet. */
  received?: Value;
  awaiting?: (request: Value) => void;
}

const methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

/**
 * Callback endpoints of an execution: cloud.google.com/workflows/docs/creating-callback-endpoints. Each keeps one request until
 * it is awaited; a second one before that is answered 429.
 */
export class Callbacks {
  private readonly slots = new Map<string, Slot>();
  private ended = false;

  /** @param base URL of the execution */
  constructor(
    private readonly base: string,
    private readonly now: () => number,
  ) {}

  get endpoints(): CallbackEndpoint[] {
    return [...this.slots.values()].map(({ url, method, awaiting }) => ({
      url,
      method,
      waiters: awaiting ? 1 : 0,
    }));
  }

  create(method: string): string {
    if (!methods.includes(method)) {
      throw failure("ValueError", `'http_callback_method' must be one of ${methods.join(", ")}, got '${method}'`);
    }
    const url = `${this.base}/callbacks/${this.slots.size + 1}`;
    this.slots.set(url, { url, method });
    return url;
  }

  /** Code of the answer: 200, 404 for an unknown endpoint or an execution that has ended, 405, or 429. */
  receive(url: string, request: CallbackRequest): number {
    const slot = this.slots.get(url);
    if (!slot || this.ended) {
      return 404;
    }
    if (slot.method !== request.method) {
      return 405;
    }
    if (slot.received !== undefined) {
      return 429;
    }
    const value = this.valueOf(url, request);
    if (slot.awaiting) {
      slot.awaiting(value);
    } else {
      slot.received = value;
    }
    return 200;
  }

  /** @returns the request, once there is one, and what takes the wait back */
  await(url: string): { request: Promise<Value>; cancel: () => void } {
    const slot = this.slots.get(url);
    if (!slot) {
      throw failure("ValueError", `'${url}' is no callback endpoint of this execution`);
    }
    const { received } = slot;
    if (received !== undefined) {
      delete slot.received;
      return { request: Promise.resolve(received), cancel: () => undefined };
    }
    if (slot.awaiting) {
      throw failure("ValueError", `callback endpoint '${url}' is awaited already`);
    }
    let awaiting: Slot["awaiting"];
    const request = new Promise<Value>((resolve) => {
      awaiting = (value) => {
        delete slot.awaiting;
        resolve(value);
      };
    });
    slot.awaiting = awaiting!;
    const cancel = (): void => {
      // Somebody else may wait by now.
      if (slot.awaiting === awaiting) {
        delete slot.awaiting;
      }
    };
    return { request, cancel };
  }

  end(): void {
    this.ended = true;
  }

  private valueOf(url: string, { method, headers = {}, query = {}, body }: CallbackRequest): Value {
    const lower = lowerCase(headers);
    return mapOf({
      http_request: mapOf({
        body: decodeBody(body, lower["content-type"] ?? ""),
        headers: mapOf(lower),
        method,
        query: mapOf(query),
        url: new URL(url).pathname,
      }),
      received_time: formatTime(this.now() / 1000),
      type: "HTTP",
    });
  }
}
