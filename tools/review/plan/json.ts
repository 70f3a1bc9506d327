import { isObject } from "../../../policies/arguments";

/** The objects of a list. */
export { blocks as objectsOf } from "../../../policies/arguments";

export type Json = Readonly<Record<string, unknown>>;

/** An object as it is; anything else has no parts. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}
