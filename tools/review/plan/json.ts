import { isObject, listOf } from "../../../policies/arguments";

export type Json = Readonly<Record<string, unknown>>;

/** An object as it is; anything else has no parts. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The objects of a list. */
export function objectsOf(value: unknown): readonly Json[] {
  return listOf(value).filter(isObject);
}
