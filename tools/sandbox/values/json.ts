import { isList, isObject, type Value } from "./value";

/** A string, or an integer that may be too long for a JavaScript number and is not the fraction of another. */
const stringOrLongInteger = /"(?:[^"\\]|\\.)*"|(?<![\d.])-?\d{16,}(?![\d.eE])/g;

/** Parses JSON without losing digits: long integers become decimal strings, which `shape` turns into `bigint`. */
export function parseJson(json: string): Value {
  return JSON.parse(
    json.replace(stringOrLongInteger, (token) => (token.startsWith('"') ? token : `"${token}"`)),
  ) as Value;
}

/** Writes JSON over several lines, a `bigint` as a number with all its digits. */
export function formatJson(value: Value, indent = "\n"): string {
  const inner = `${indent}  `;
  if (isList(value)) {
    const items = value.map((item) => formatJson(item, inner));
    return items.length === 0 ? "[]" : `[${inner}${items.join(`,${inner}`)}${indent}]`;
  }
  if (isObject(value)) {
    const entries = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${formatJson(item, inner)}`);
    return entries.length === 0 ? "{}" : `{${inner}${entries.join(`,${inner}`)}${indent}}`;
  }
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}
