import { isObject } from "./arguments";

const primitives = "null boolean int long float double bytes string".split(" ");
const name = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/** Whether a value is an AVRO record, down to the types of its fields (Apache Avro specification, schema declaration). */
export function isAvroRecord(schema: unknown): boolean {
  return isObject(schema) && schema["type"] === "record" && isSchema(schema, new Set(), 0);
}

/** `known` are the types that were named before. Deeper than any schema of people is taken for right. */
function isSchema(schema: unknown, known: Set<string>, depth: number): boolean {
  if (depth > 100) {
    return true;
  }
  const inner = (value: unknown) => isSchema(value, known, depth + 1);
  if (typeof schema === "string") {
    return primitives.includes(schema) || known.has(schema.slice(schema.lastIndexOf(".") + 1));
  }
  if (Array.isArray(schema)) {
    return schema.length > 0 && schema.every(inner);
  }
  if (!isObject(schema)) {
    return false;
  }
  switch (schema["type"]) {
    case "record":
      return isNamed(schema, known) && Array.isArray(schema["fields"]) && areFields(schema["fields"], inner);
    case "enum":
      return isNamed(schema, known) && Array.isArray(schema["symbols"]) && schema["symbols"].length > 0;
    case "fixed":
      return isNamed(schema, known) && Number.isInteger(schema["size"]);
    case "array":
      return inner(schema["items"]);
    case "map":
      return inner(schema["values"]);
    default:
      return inner(schema["type"]);
  }
}

function isNamed(schema: Readonly<Record<string, unknown>>, known: Set<string>): boolean {
  const given = schema["name"];
  if (typeof given !== "string" || !name.test(given)) {
    return false;
  }
  known.add(given.slice(given.lastIndexOf(".") + 1));
  return true;
}

function areFields(fields: readonly unknown[], isType: (value: unknown) => boolean): boolean {
  const names = fields.map((field) => (isObject(field) ? field["name"] : undefined));
  return (
    new Set(names).size === names.length &&
    names.every((each) => typeof each === "string" && name.test(each)) &&
    fields.every((field) => isObject(field) && isType(field["type"]))
  );
}
