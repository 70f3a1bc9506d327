import { isObject } from "../../../policies/arguments";

type Parts = Readonly<Record<string, unknown>>;

/** Whether two values of a plan are equal: what is `null` and what is not there are the same to Terraform. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) {
    return true;
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((element, index) => isSame(element, other[index]));
  }
  if (isObject(one) && isObject(other)) {
    for (const name of Object.keys(one)) {
      if (!isSame(part(one, name), part(other, name))) {
        return false;
      }
    }
    return Object.keys(other).every((name) => Object.hasOwn(one, name) || isSame(undefined, other[name]));
  }
  return (one ?? null) === (other ?? null);
}

/** A part of an object, by a name that may be that of a method of all objects. */
export function part(value: Parts, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
