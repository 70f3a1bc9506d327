import { isList, isObject, type ValueObject } from "../values/value";

/** Blocks of a name, as the cloud keeps them. */
export function blocksOf(values: ValueObject, name: string): ValueObject[] {
  const value = values[name];
  return (isList(value) ? value : [value]).filter(isObject);
}

export function textsOf(values: ValueObject, name: string): string[] {
  const value = values[name];
  return (isList(value) ? value : []).filter((each) => typeof each === "string");
}
