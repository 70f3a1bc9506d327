import { failure } from "../errors";
import { isList, isMap, typeOf, type Value } from "../values";
import { define, type Library } from "./library";

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** An integer of 64 bits. */
export function integer(value: bigint): bigint {
  if (value < smallest || value > largest) {
    throw failure("ValueError", `${value} does not fit an integer of 64 bits`);
  }
  return value;
}

/** As `string` writes it; for the types that it takes. */
export function stringOf(value: Value): string | undefined {
  return typeof value === "string" ||
    typeof value === "bigint" ||
    typeof value === "number" ||
    typeof value === "boolean"
    ? String(value)
    : undefined;
}

/** cloud.google.com/workflows/docs/reference/stdlib/expression-helpers */
export const helpers: Library = {
  default: define("val defaultVal", (given) => given.any(0) ?? given.any(1)),
  double: define("value", (given) => {
    const value = given.any(0);
    if (typeof value === "bigint" || typeof value === "number") {
      return Number(value);
    }
    const text = given.text(0);
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) {
      throw failure("ValueError", `'${text}' is not a double`);
    }
    return Number(text);
  }),
  get_type: define("value", (given) => typeOf(given.any(0))),
  if: define("condition ifTrue ifFalse", (given) => (given.flag(0, false) ? given.any(1) : given.any(2))),
  int: define("value", (given) => {
    const value = given.any(0);
    if (typeof value === "bigint") {
      return value;
    }
    if (typeof value === "number") {
      if (!Number.isFinite(value)) {
        throw failure("ValueError", `${value} is not an integer`);
      }
      return integer(BigInt(Math.trunc(value)));
    }
    const text = given.text(0);
    if (!/^[+-]?\d+$/.test(text)) {
      throw failure("ValueError", `'${text}' is not an integer`);
    }
    return integer(BigInt(text.replace("+", "")));
  }),
  keys: define("map", (given) => [...given.map(0).keys()]),
  len: define("value", (given) => {
    const value = given.any(0);
    if (typeof value === "string") {
      return BigInt([...value].length);
    }
    return isList(value)
      ? BigInt(value.length)
      : isMap(value)
        ? BigInt(value.size)
        : given.refuse(0, "a string, a list or a map");
  }),
  string: define(
    "value",
    (given) => stringOf(given.any(0)) ?? given.refuse(0, "an integer, a double, a boolean or a string"),
  ),
};
