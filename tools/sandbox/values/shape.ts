import type { Block, NestedBlock, Type } from "../schema/schema";
import { isList, isObject, Unknown, type Value, type ValueObject } from "./value";

/**
 * Brings a value to the shape that its schema asks for: every attribute present, an absent block `[]` or, where there can be
 * only one, `null`, numbers as numbers, attributes that the schema does not know left out.
 */
export function shape(block: Block, value: Value | undefined): ValueObject {
  const given = isObject(value) ? value : {};
  const result: Record<string, Value> = {};
  for (const [name, { type }] of Object.entries(block.attributes)) {
    result[name] = shapeType(type, given[name]);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    result[name] = shapeBlock(nested, given[name]);
  }
  return result;
}

function shapeBlock(nested: NestedBlock, value: Value | undefined): Value {
  if (value instanceof Unknown) {
    return value;
  }
  if (nested.nesting === "single") {
    return isObject(value) ? shape(nested.block, value) : null;
  }
  return isList(value) ? value.map((item) => (item instanceof Unknown ? item : shape(nested.block, item))) : [];
}

/** Brings a value to a type; what is absent is `null`. */
export function shapeType(type: Type, value: Value | undefined): Value {
  if (value === undefined || value === null || value instanceof Unknown) {
    return value ?? null;
  }
  switch (type) {
    case "string":
      return typeof value === "object" ? JSON.stringify(value) : String(value);
    case "number":
      return toNumber(value);
    case "bool":
      return typeof value === "string" ? value === "true" : Boolean(value);
  }
  const inner = type[1];
  if (type[0] === "object") {
    const given = isObject(value) ? value : {};
    return Object.fromEntries(
      Object.entries(inner).map(([name, field]) => [name, shapeType(field as Type, given[name])]),
    );
  }
  if (type[0] === "map") {
    const given = isObject(value) ? value : {};
    return Object.fromEntries(Object.entries(given).map(([name, item]) => [name, shapeType(inner as Type, item)]));
  }
  return isList(value) ? value.map((item) => shapeType(inner as Type, item)) : [];
}

function toNumber(value: Value): Value {
  if (typeof value === "bigint") {
    return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
  if (typeof value === "string") {
    return /^-?\d+$/.test(value) ? toNumber(BigInt(value)) : Number(value);
  }
  return Number(value);
}
