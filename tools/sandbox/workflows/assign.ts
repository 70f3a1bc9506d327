import { failure } from "./errors";
import { position } from "./operators";
import type { Assignment } from "./program";
import type { Scope } from "./scope";
import { isList, isMap, typeOf, type Value } from "./values";

/** Nothing comes between reading and writing, unless a subworkflow is called: branches may add to a variable they share. */
export async function assign({ variable, path, value }: Assignment, scope: Scope): Promise<void> {
  const assigned = value.later ? await value.later(scope) : value.now(scope);
  if (path.length === 0) {
    scope.set(variable, assigned);
    return;
  }
  const keys: Value[] = [];
  for (const key of path) {
    keys.push(key.later ? await key.later(scope) : key.now(scope));
  }
  scope.set(variable, withPart(scope.get(variable), keys, assigned));
}

/** The container with another value at a path; of a map, the last key may be new. */
function withPart(container: Value, [key, ...rest]: readonly Value[], value: Value): Value {
  if (isList(container)) {
    const index = position(container, key!);
    return container.with(index, rest.length === 0 ? value : withPart(container[index]!, rest, value));
  }
  if (!isMap(container)) {
    throw failure("TypeError", `only parts of maps and lists can be assigned, got ${typeOf(container)}`);
  }
  if (typeof key !== "string") {
    throw failure("TypeError", `a key of a map must be a string, got ${typeOf(key!)}`);
  }
  const part = container.get(key);
  if (rest.length > 0 && part === undefined) {
    throw failure("KeyError", `key not found: ${key}`);
  }
  return new Map(container).set(key, rest.length === 0 ? value : withPart(part!, rest, value));
}
