import { failure } from "./errors";
import { isMap, isNumber, typeOf, type Value } from "./values";

/** Seconds before a retry: the delay grows by a factor, up to the longest one. The service may add jitter; this does not. */
export function delayOf(backoff: Value, retries: number): number {
  const part = (key: string): number =>
    numberOf(isMap(backoff) ? backoff.get(key) : undefined, `'${key}' of a backoff`);
  return Math.min(part("max_delay"), part("initial_delay") * part("multiplier") ** retries);
}

export function numberOf(value: Value | undefined, of: string): number {
  if (!isNumber(value)) {
    throw failure("TypeError", `${of} must be a number, got ${typeOf(value ?? null)}`);
  }
  return Number(value);
}
