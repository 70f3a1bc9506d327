import type { Block, Type } from "../schema/schema";
import { kindOf } from "../types/kind-of";
import type { Draft } from "../types/kind";
import { shapeType } from "../values/shape";
import { blockType } from "../schema/bindings";
import { isList, isObject, Unknown, type Value, type ValueObject } from "../values/value";
import type { Configuration } from "./configuration";

/** Replaces every unknown of a planned resource by what Google would answer. */
export function fillOutputs(
  type: string,
  block: Block,
  planned: ValueObject,
  draft: Draft,
  configuration: Configuration,
): ValueObject {
  const outputs = kindOf(type).outputs?.(draft) ?? {};
  const defaults = new Map<string, Value>([
    ["id", draft.id],
    ["project", draft.project],
    ["region", configuration.region ?? ""],
    ["location", configuration.region ?? ""],
    ["zone", configuration.zone ?? ""],
    ["name", draft.id],
    ["etag", `"${draft.serial.slice(0, 12)}"`],
    ["fingerprint", draft.serial.slice(0, 12)],
    ["uid", draft.serial],
  ]);

  const answer = (path: string, name: string, wanted: Type): Value => {
    const value = outputs[path] ?? defaults.get(path) ?? (isTime(name, wanted) ? draft.now : undefined);
    return value === undefined ? emptyValue(wanted) : shapeType(wanted, value);
  };

  const fill = (inner: Block, value: ValueObject, prefix: string): ValueObject => {
    const result: Record<string, Value> = {};
    for (const [name, attribute] of Object.entries(inner.attributes)) {
      const path = prefix + name;
      const given = value[name] ?? null;
      result[name] = given instanceof Unknown ? answer(path, name, attribute.type) : withoutUnknown(given);
    }
    for (const [name, nested] of Object.entries(inner.blocks)) {
      const path = prefix + name;
      const given = value[name] ?? null;
      if (given instanceof Unknown) {
        result[name] = answer(path, name, blockType(nested));
      } else if (isList(given)) {
        result[name] = given.map((item) => (isObject(item) ? fill(nested.block, item, `${path}.`) : null));
      } else {
        result[name] = isObject(given) ? fill(nested.block, given, `${path}.`) : null;
      }
    }
    return result;
  };
  return fill(block, planned, "");
}

function isTime(name: string, type: Type): boolean {
  return type === "string" && /_time(stamp)?$/.test(name);
}

function emptyValue(type: Type): Value {
  switch (type) {
    case "string":
      return "";
    case "number":
      return 0;
    case "bool":
      return false;
    default:
      return type[0] === "map" ? {} : type[0] === "object" ? null : [];
  }
}

function withoutUnknown(value: Value): Value {
  if (isList(value)) {
    return value.map(withoutUnknown);
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutUnknown(item)]));
  }
  return value instanceof Unknown ? null : value;
}
