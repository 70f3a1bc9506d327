import { isList, isMap, type Value } from "../values";
import { define, type Library } from "./library";

/** cloud.google.com/workflows/docs/reference/stdlib/list and /map */
export const collections: Library = {
  "list.concat": define("objs val", (given) => [...given.list(0), given.any(1)]),
  "list.prepend": define("objs val", (given) => [given.any(1), ...given.list(0)]),
  "map.delete": define("map key", (given) => {
    const rest = new Map(given.map(0));
    rest.delete(given.text(1));
    return rest;
  }),
  "map.get": define("map keys", (given) => {
    const keys = given.any(1);
    const path = isList(keys) ? keys : [keys];
    let value = given.any(0);
    for (const key of path) {
      if (typeof key !== "string") {
        return given.refuse(1, "a string or a list of strings");
      }
      value = isMap(value) ? (value.get(key) ?? null) : null;
    }
    return value;
  }),
  "map.merge": define("first second", (given) => new Map([...given.map(0), ...given.map(1)])),
  "map.merge_nested": define("first second", (given) => mergeNested(given.map(0), given.map(1))),
};

function mergeNested(
  first: ReadonlyMap<string, Value>,
  second: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const merged = new Map(first);
  for (const [key, value] of second) {
    const earlier = merged.get(key);
    merged.set(key, isMap(earlier) && isMap(value) ? mergeNested(earlier, value) : value);
  }
  return merged;
}
