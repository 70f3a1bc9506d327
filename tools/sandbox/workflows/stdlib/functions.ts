import { isList, isMap, type Value } from "../values";
import { bytes } from "./bytes";
import { collections } from "./collections";
import { helpers } from "./helpers";
import { define, type Library, type LibraryFunction, type Parameter, parametersOf } from "./library";
import { math } from "./math";
import { text } from "./text";
import { time } from "./time";

/** cloud.google.com/workflows/docs/reference/stdlib/http and /retry */
const predicates: Library = {
  "http.default_retry_predicate": define(
    "exception",
    (given) =>
      hasCode(given.any(0), 429n, 502n, 503n, 504n) ||
      hasTag(given.any(0), "ConnectionError", "ConnectionFailedError", "TimeoutError"),
  ),
  "http.default_retry_predicate_non_idempotent": define(
    "exception",
    (given) => hasCode(given.any(0), 429n, 503n) || hasTag(given.any(0), "ConnectionFailedError"),
  ),
  "retry.always": define("exception", () => true),
  "retry.never": define("exception", () => false),
};

/** Functions that answer at once: in expressions and in `call` steps. */
export const functions: ReadonlyMap<string, LibraryFunction> = new Map(
  Object.entries({ ...helpers, ...bytes, ...collections, ...math, ...predicates, ...text, ...time }),
);

const request = "headers? query? auth?";

/** Functions that wait for something, or cause something: in `call` steps alone. Positions are those of the documentation. */
export const blockingFunctions: ReadonlyMap<string, readonly Parameter[]> = new Map(
  Object.entries({
    "events.await_callback": "callback timeout?",
    "events.create_callback_endpoint": "http_callback_method?",
    "http.delete": `url timeout? body? ${request}`,
    "http.get": `url timeout? ${request}`,
    "http.patch": `url timeout? body? ${request}`,
    "http.post": `url timeout? body? ${request}`,
    "http.put": `url timeout? body? ${request}`,
    "http.request": `method url timeout? body? ${request}`,
    "sys.log": "data? severity? text? json?",
    "sys.sleep": "seconds",
    "sys.sleep_until": "time",
  }).map(([name, parameters]) => [name, parametersOf(parameters)]),
);

function hasTag(error: Value, ...tags: string[]): boolean {
  const own = isMap(error) ? error.get("tags") : undefined;
  return isList(own) && own.some((tag) => tags.includes(tag as string));
}

function hasCode(error: Value, ...codes: bigint[]): boolean {
  return hasTag(error, "HttpError") && codes.includes((error as ReadonlyMap<string, Value>).get("code") as bigint);
}
