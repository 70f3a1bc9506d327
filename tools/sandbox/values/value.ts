/** A value that Terraform knows only after apply. */
export class Unknown {
  toString(): string {
    return "(known after apply)";
  }
}

export const UNKNOWN = new Unknown();

/** A value of Terraform: numbers beyond 2^53 are `bigint`, sets are arrays in no order that means something. */
export type Value = null | boolean | number | bigint | string | Unknown | readonly Value[] | ValueObject;

/** An object or map. */
export interface ValueObject {
  readonly [name: string]: Value;
}

export function isObject(value: Value | undefined): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value, or anything inside of it, is known only after apply. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value instanceof Unknown) {
    return true;
  }
  if (isList(value)) {
    return value.some(hasUnknown);
  }
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** A text that two values share exactly when they are equal; the order of keys does not matter. */
export function canonical(value: Value): string {
  if (isList(value)) {
    return `[${value.map(canonical).join(",")}]`;
  }
  if (isObject(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name]!)}`).join(",")}}`;
  }
  if (value instanceof Unknown) {
    return "?";
  }
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

export function equal(a: Value, b: Value): boolean {
  return canonical(a) === canonical(b);
}

/** The string at a name of an object; `undefined` where there is none, or not yet. */
export function text(object: ValueObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
