import { evaluate } from "./code";
import { failure } from "./errors";
import type { Loop } from "./program";
import type { Scope } from "./scope";
import { isList, isMap, isNumber, typeOf, type Value } from "./values";

/** What a loop iterates over; a range is not made before it is needed. */
export async function itemsOf({ over, items }: Loop, scope: Scope): Promise<Iterable<Value>> {
  const value = await evaluate(items, scope);
  if (!isList(value)) {
    throw failure(
      "TypeError",
      `'${over}' must be a list, got ${typeOf(value)}${isMap(value) ? ": use keys(...)" : ""}`,
    );
  }
  if (over === "in") {
    return value;
  }
  const [first, last] = value;
  if (value.length !== 2 || !isNumber(first) || !isNumber(last)) {
    throw failure("TypeError", "'range' must be a list of two numbers");
  }
  return numbers(first, last);
}

function* numbers(first: bigint | number, last: bigint | number): Generator<Value> {
  for (let item = first; item <= last; item++) {
    yield item;
  }
}
