import { type Arguments, isObject, unknown } from "./arguments";

/**
 * Arguments of a planned resource: what Terraform's plan says in `after`, with a mark wherever `after_unknown` says that
 * the value is known after apply.
 */
export function plannedArguments(after: unknown, afterUnknown: unknown): Arguments {
  const merged = merge(after, afterUnknown);
  return isObject(merged) ? merged : {};
}

function merge(value: unknown, mark: unknown): unknown {
  if (mark === true) {
    return unknown;
  }
  if (Array.isArray(mark)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [];
    const length = Math.max(values.length, mark.length);
    return Array.from({ length }, (_, index) => merge(values[index], mark[index] as unknown));
  }
  if (isObject(mark)) {
    const values = isObject(value) ? value : {};
    const names = new Set([...Object.keys(values), ...Object.keys(mark)]);
    return Object.fromEntries(
      [...names].map((name) => [name, merge(Object.hasOwn(values, name) ? values[name] : undefined, mark[name])]),
    );
  }
  return value;
}
