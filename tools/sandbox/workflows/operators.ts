import { failure } from "./errors";
import type { BinaryOperator } from "./expression";
import { checkLength } from "./scope";
import { integer, stringOf } from "./stdlib/helpers";
import { equal, isList, isMap, isNumber, typeOf, type Value } from "./values";

export type Operator = Exclude<BinaryOperator, "and" | "or">;

/**
 * What operators do, by cloud.google.com/workflows/docs/reference/syntax/datatypes. Where that says nothing, the stricter of
 * what it could mean: `//` and `%` take integers alone, values of different types are unequal and have no order, and an
 * integer that outgrows 64 bits is an error.
 */
export const operators: Record<Operator, (left: Value, right: Value) => Value> = {
  "+": add,
  "-": (left, right) => calculate("-", left, right),
  "*": (left, right) => calculate("*", left, right),
  "/": (left, right) => {
    if (!isNumber(left) || !isNumber(right)) {
      throw unsuitable("/", left, right);
    }
    return Number(left) / nonZero(Number(right));
  },
  "//": (left, right) => {
    const [a, b] = integers("//", left, right);
    const quotient = a / b;
    return integer(a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient);
  },
  "%": (left, right) => {
    const [a, b] = integers("%", left, right);
    const remainder = a % b;
    return remainder !== 0n && remainder < 0n !== b < 0n ? remainder + b : remainder;
  },
  "==": equal,
  "!=": (left, right) => !equal(left, right),
  "<": (left, right) => order("<", left, right) < 0,
  "<=": (left, right) => order("<=", left, right) <= 0,
  ">": (left, right) => order(">", left, right) > 0,
  ">=": (left, right) => order(">=", left, right) >= 0,
  in: (left, right) => {
    if (isMap(right)) {
      return typeof left === "string" && right.has(left);
    }
    if (isList(right)) {
      return right.some((item) => equal(item, left));
    }
    throw unsuitable("in", left, right);
  },
};

export function negative(value: Value): Value {
  if (!isNumber(value)) {
    throw failure("TypeError", `'-' takes a number, got ${typeOf(value)}`);
  }
  return typeof value === "bigint" ? integer(-value) : -value;
}

/** Throws a `TypeError` for what is no boolean. */
export function truth(value: Value, of: string): boolean {
  if (typeof value !== "boolean") {
    throw failure("TypeError", `${of} must be a boolean, got ${typeOf(value)}`);
  }
  return value;
}

/** `container[key]`, or `container.key`. */
export function access(container: Value, key: Value): Value {
  if (isMap(container)) {
    if (typeof key !== "string") {
      throw failure("TypeError", `a key of a map must be a string, got ${typeOf(key)}`);
    }
    const value = container.get(key);
    if (value === undefined) {
      throw failure("KeyError", `key not found: ${key}`);
    }
    return value;
  }
  if (isList(container)) {
    return container[position(container, key)]!;
  }
  throw failure("TypeError", `only maps and lists have parts, got ${typeOf(container)}`);
}

/** An index of an item that exists. */
export function position(list: readonly Value[], key: Value): number {
  if (typeof key !== "bigint") {
    throw failure("TypeError", `an index of a list must be an integer, got ${typeOf(key)}`);
  }
  if (key < 0n || key >= list.length) {
    throw failure("IndexError", `index ${key} is out of range: the list has ${list.length} items`);
  }
  return Number(key);
}

function add(left: Value, right: Value): Value {
  if (typeof left !== "string" && typeof right !== "string") {
    return calculate("+", left, right);
  }
  const [before, after] = [stringOf(left), stringOf(right)];
  if (before === undefined || after === undefined) {
    throw unsuitable("+", left, right);
  }
  const sum = before + after;
  checkLength(sum);
  return sum;
}

function calculate(operator: "+" | "-" | "*", left: Value, right: Value): Value {
  if (typeof left === "bigint" && typeof right === "bigint") {
    return integer(operator === "+" ? left + right : operator === "-" ? left - right : left * right);
  }
  if (!isNumber(left) || !isNumber(right)) {
    throw unsuitable(operator, left, right);
  }
  const [a, b] = [Number(left), Number(right)];
  return operator === "+" ? a + b : operator === "-" ? a - b : a * b;
}

function integers(operator: string, left: Value, right: Value): [bigint, bigint] {
  if (typeof left !== "bigint" || typeof right !== "bigint") {
    throw unsuitable(operator, left, right);
  }
  return [left, nonZero(right)];
}

function nonZero<T extends bigint | number>(divisor: T): T {
  if (Number(divisor) === 0) {
    throw failure("ZeroDivisionError", "division by zero");
  }
  return divisor;
}

function order(operator: string, left: Value, right: Value): number {
  if ((isNumber(left) && isNumber(right)) || (typeof left === "string" && typeof right === "string")) {
    return left < right ? -1 : Number(left > right);
  }
  throw unsuitable(operator, left, right);
}

function unsuitable(operator: string, left: Value, right: Value): Error {
  return failure("TypeError", `'${operator}' does not work between ${typeOf(left)} and ${typeOf(right)}`);
}
