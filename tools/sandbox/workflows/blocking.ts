import type { Callbacks } from "./callbacks";
import { type Clock, ClockStopped } from "./clock";
import { failure } from "./errors";
import { ConnectionProblem, type HttpHandler, type HttpRequest, resultOf } from "./http";
import { requestOf } from "./request";
import { stringOf } from "./stdlib/helpers";
import { parseTime } from "./stdlib/time";
import { encode, isMap, isNumber, type Json, mapOf, toJson, typeOf, type Value } from "./values";
import type { Waits } from "./waits";

export type Severity = (typeof severities)[number];

const severities = [
  "DEFAULT",
  "DEBUG",
  "INFO",
  "NOTICE",
  "WARNING",
  "ERROR",
  "CRITICAL",
  "ALERT",
  "EMERGENCY",
] as const;

/** An entry of the log, as `sys.log` writes it. */
export interface LogEntry {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly severity: Severity;
  readonly textPayload?: string;
  readonly jsonPayload?: Json;
}

/** The outside of an execution. */
export interface Outside {
  readonly clock: Clock;
  readonly http: HttpHandler;
  readonly log: (entry: LogEntry) => void;
  readonly callbacks: Callbacks;
  readonly waits: Waits;
}

type Given = ReadonlyMap<string, Value>;

/** Calls a function that waits for something outside of the execution, or causes it. */
export async function callBlocking(name: string, given: Given, outside: Outside): Promise<Value> {
  const { clock, waits } = outside;
  switch (name) {
    case "sys.sleep": {
      const seconds = numberOf(given, "seconds");
      if (seconds < 0) {
        throw failure("ValueError", `'seconds' must be 0 or more, got ${seconds}`);
      }
      return sleep(seconds * 1000, outside);
    }
    case "sys.sleep_until":
      return sleep(parseTime(textOf(given, "time")) * 1000 - clock.now(), outside);
    case "sys.log":
      outside.log(logEntry(given, clock.now()));
      return null;
    case "events.create_callback_endpoint":
      return mapOf({ url: outside.callbacks.create(textOf(given, "http_callback_method", "POST")) });
    case "events.await_callback":
      return awaitCallback(given, outside);
    default: {
      const request = requestOf(name, given);
      waits.check();
      const answer = send(outside.http, request).then(resultOf);
      return limited(answer, request.timeoutSeconds, "the HTTP request took longer than its timeout", outside);
    }
  }
}

/** Waits, and can be interrupted. */
export async function sleep(milliseconds: number, { clock, waits }: Outside): Promise<null> {
  let cancel: (() => void) | undefined;
  const elapsed = new Promise<void>((resolve, reject) => {
    cancel = clock.schedule(milliseconds, (how) => (how === "elapsed" ? resolve() : reject(new ClockStopped())));
  });
  try {
    await waits.until(elapsed);
  } finally {
    cancel?.();
  }
  return null;
}

async function send(http: HttpHandler, request: HttpRequest): ReturnType<HttpHandler> {
  try {
    return await http(request);
  } catch (error) {
    throw error instanceof ConnectionProblem ? failure(error.tag, error.message) : error;
  }
}

/** What comes first: the work, or a `TimeoutError`. */
async function limited<T>(work: Promise<T>, seconds: number, late: string, { clock, waits }: Outside): Promise<T> {
  let cancel: (() => void) | undefined;
  const timeout = new Promise<never>((_, reject) => {
    cancel = clock.schedule(seconds * 1000, (how) =>
      reject(how === "elapsed" ? failure("TimeoutError", `${late} of ${seconds} seconds`) : new ClockStopped()),
    );
  });
  try {
    return await waits.until(Promise.race([work, timeout]));
  } finally {
    cancel?.();
  }
}

async function awaitCallback(given: Given, outside: Outside): Promise<Value> {
  const callback = given.get("callback")!;
  const url = isMap(callback) ? callback.get("url") : undefined;
  if (typeof url !== "string") {
    throw failure("TypeError", `'callback' must be a map with 'url', got ${typeOf(callback)}`);
  }
  const seconds = given.has("timeout") ? numberOf(given, "timeout") : 43_200;
  if (!(seconds > 0)) {
    throw failure("ValueError", `'timeout' must be more than 0, got ${seconds}`);
  }
  const { request, cancel } = outside.callbacks.await(url);
  try {
    return await limited(request, seconds, "no callback was received within the timeout", outside);
  } finally {
    cancel();
  }
}

/** cloud.google.com/workflows/docs/reference/stdlib/sys/log */
function logEntry(given: Given, time: number): LogEntry {
  const [data, text, json] = [given.get("data"), given.get("text"), given.get("json")].map((value) => value ?? null);
  const messages = [data, text, json].filter((value) => value !== null);
  if (messages.length !== 1) {
    throw failure("TypeError", `one of 'data', 'text' and 'json' must be given, got ${messages.length}`);
  }
  if (json !== null && !isMap(json)) {
    throw failure("TypeError", `'json' must be a map, got ${typeOf(json!)}`);
  }
  const name = textOf(given, "severity", "DEFAULT");
  const severity = severities.find((known) => known === name);
  if (severity === undefined) {
    throw failure("ValueError", `'severity' must be one of ${severities.join(", ")}, got '${name}'`);
  }
  const message = messages[0]!;
  return text === null && isMap(message)
    ? { time, severity, jsonPayload: toJson(message) }
    : { time, severity, textPayload: stringOf(message) ?? encode(message) };
}

function textOf(given: Given, name: string, otherwise?: string): string {
  const value = given.get(name) ?? otherwise ?? null;
  if (typeof value !== "string") {
    throw failure("TypeError", `'${name}' must be a string, got ${typeOf(value)}`);
  }
  return value;
}

function numberOf(given: Given, name: string): number {
  const value = given.get(name) ?? null;
  if (!isNumber(value)) {
    throw failure("TypeError", `'${name}' must be a number, got ${typeOf(value)}`);
  }
  return Number(value);
}
