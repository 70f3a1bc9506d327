import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Attribute, Block, NestedBlock } from "./schema";

/** What the bindings leave out about one argument. See `facts/README.md` for where it comes from. */
interface FieldFacts extends Pick<
  Attribute,
  "forceNew" | "default" | "unset" | "late" | "sensitive" | "writeOnly" | "enum"
> {
  /** Of a block that Google fills in. */
  readonly computed?: boolean;
  /** Of a block that may occur more than once. */
  readonly maxItems?: number;
  readonly conflictsWith?: readonly string[];
  readonly exactlyOneOf?: readonly string[];
}

/** What the bindings leave out about a resource type; arguments by path, such as `retry_policy.maximum_backoff`. */
export interface TypeFacts {
  readonly version: number;
  readonly atLeastOneOf?: readonly (readonly string[])[];
  readonly fields: Readonly<Record<string, FieldFacts>>;
}

const folder = join(__dirname, "..", "facts");
const cache = new Map<string, TypeFacts | undefined>();

/** Facts about a resource type; `undefined` where nobody has written them down. */
export function factsOf(type: string): TypeFacts | undefined {
  if (!cache.has(type)) {
    const file = join(folder, `${type}.json`);
    cache.set(type, existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as TypeFacts) : undefined);
  }
  return cache.get(type);
}

/** Every type that facts are written down for. */
export function typesWithFacts(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.replace(/\.json$/, ""))
    .sort();
}

/** A block of the bindings with the facts about its arguments. */
export function withFacts(block: Block, { fields }: TypeFacts, prefix = ""): Block {
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Attribute] => {
    const { forceNew, default: initial, unset, late, sensitive, writeOnly, enum: values } = fields[prefix + name] ?? {};
    return [
      name,
      {
        ...attribute,
        ...(forceNew && { forceNew }),
        ...(initial !== undefined && { default: initial }),
        ...(unset !== undefined && { unset }),
        ...(late && { late }),
        ...(sensitive && { sensitive }),
        ...(writeOnly && { writeOnly }),
        ...(values && { enum: values }),
      },
    ];
  });
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, NestedBlock] => {
    const path = prefix + name;
    const { forceNew, computed, maxItems } = fields[path] ?? {};
    return [
      name,
      {
        ...nested,
        block: withFacts(nested.block, { version: 0, fields }, `${path}.`),
        ...(forceNew && { forceNew }),
        ...(computed && { computed }),
        ...(maxItems !== undefined && { maxItems }),
      },
    ];
  });
  return { attributes: Object.fromEntries(attributes), blocks: Object.fromEntries(blocks) };
}
