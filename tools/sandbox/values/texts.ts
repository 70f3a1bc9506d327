import { isList, isObject, type Value } from "./value";

/** Every text inside of a value, with the path that leads to it: `encryption.0.default_kms_key_name`. */
export function texts(value: Value, path = ""): [path: string, text: string][] {
  const at = (step: string) => (path === "" ? step : `${path}.${step}`);
  if (typeof value === "string") {
    return [[path, value]];
  }
  if (isList(value)) {
    return value.flatMap((item, index) => texts(item, at(String(index))));
  }
  return isObject(value) ? Object.entries(value).flatMap(([name, item]) => texts(item, at(name))) : [];
}
