import type { JsonSchema } from "./json-schemas";
import { find, type Node, type Path, text } from "./source/node";

/** The schema of the value at a path; `undefined` where none may stand. The node tells which variant of a union is meant. */
export function schemaAt(schema: JsonSchema, path: Path, node: Node): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>(
    (current, key, index) => current && step(current, key, find(node, path.slice(0, index))),
    schema,
  );
}

/** Keys that may stand in a mapping, as far as the schema names them. */
export function keysOf(schema: JsonSchema, node: Node | undefined): string[] {
  const chosen = variant(schema, node);
  const { properties, propertyNames } = chosen ?? {};
  if (schema.oneOf && !chosen) {
    return [discriminatorOf(schema.oneOf)].filter((key) => key !== undefined);
  }
  return properties ? Object.keys(properties) : (propertyNames?.enum ?? []).map(String);
}

function step(schema: JsonSchema, key: string | number, parent: Node | undefined): JsonSchema | undefined {
  if (schema.items) {
    return schema.items;
  }
  const discriminator = schema.oneOf && discriminatorOf(schema.oneOf);
  if (schema.oneOf && key === discriminator) {
    return { oneOf: schema.oneOf.map((option) => option.properties?.[key] ?? {}) };
  }
  const { properties, additionalProperties } = variant(schema, parent) ?? {};
  if (properties && Object.hasOwn(properties, key)) {
    return properties[key];
  }
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

/** The schema itself, or the one of a union that the mapping's discriminator names. */
function variant(schema: JsonSchema, node: Node | undefined): JsonSchema | undefined {
  if (!schema.oneOf) {
    return schema;
  }
  const discriminator = discriminatorOf(schema.oneOf);
  const chosen = discriminator === undefined ? undefined : text(node, discriminator);
  return schema.oneOf.find((option) => option.properties?.[discriminator!]?.const === chosen);
}

function discriminatorOf([first]: readonly JsonSchema[]): string | undefined {
  return Object.entries(first?.properties ?? {}).find(([, { const: value }]) => value !== undefined)?.[0];
}
