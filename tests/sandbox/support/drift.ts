import { parseJson } from "../../../tools/sandbox/values/json";
import { isList, isObject, type Value, type ValueObject } from "../../../tools/sandbox/values/value";

/** A resource with other values at some paths, as if someone had changed it by hand; every element of a list that has one is changed. */
export function drifted(values: ValueObject, paths: readonly string[]): ValueObject {
  return paths.reduce((result, path) => {
    const steps = path.split(".");
    const isSet = valuesAt(result, steps).some((value) => value !== null);
    return changeAt(result, steps, (value) =>
      value !== null ? other(value) : isSet ? null : "drifted",
    ) as ValueObject;
  }, values);
}

/** What a resource holds at a path, in all elements of the lists on the way. */
export function valuesAt(value: Value | undefined, [step, ...rest]: readonly string[]): Value[] {
  if (isList(value) && step !== undefined) {
    return value.flatMap((item) => valuesAt(item, [step, ...rest]));
  }
  if (step === undefined) {
    return value === undefined ? [] : [value];
  }
  return isObject(value) ? valuesAt(value[step], rest) : [];
}

function changeAt(
  value: Value | undefined,
  [step, ...rest]: readonly string[],
  change: (value: Value) => Value,
): Value {
  if (step === undefined) {
    return change(value ?? null);
  }
  if (isList(value)) {
    return value.map((item) => changeAt(item, [step, ...rest], change));
  }
  return isObject(value) && value[step] !== undefined
    ? { ...value, [step]: changeAt(value[step], rest, change) }
    : (value ?? null);
}

function other(value: Value): Value {
  if (isList(value)) {
    return value.length === 0 ? value : [other(value[0]!), ...value.slice(1)];
  }
  if (isObject(value)) {
    return { ...value, drifted: "yes" };
  }
  switch (typeof value) {
    case "boolean":
      return !value;
    case "number":
      return value + 1;
    case "string":
      return otherText(value);
    default:
      return value;
  }
}

/** Text that is JSON stays JSON: a list of columns gets its first one renamed. */
function otherText(value: string): string {
  if (!/^[[{]/.test(value)) {
    return `${value}-drifted`;
  }
  const content = parseJson(value);
  return isList(content) && isObject(content[0])
    ? JSON.stringify([{ ...content[0], name: "drifted" }, ...content.slice(1)])
    : JSON.stringify(other(content));
}
