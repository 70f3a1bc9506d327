import type { Block, Type } from "./schema";

/** What a value is to somebody who writes it. */
export type Kind = "text" | "a number" | "true or false" | "a list" | "a mapping";

const simple = { string: "text", number: "a number", bool: "true or false" } as const;

/** What belongs at a path of a resource, such as `labels.team` or `retry_policy.0.minimum_backoff`; nothing where the path leads nowhere. */
export function kindAt({ attributes, blocks }: Block, [name = "", ...rest]: readonly string[]): Kind | undefined {
  if (Object.hasOwn(attributes, name)) {
    return kindOfType(attributes[name]!.type, rest);
  }
  if (!Object.hasOwn(blocks, name)) {
    return undefined;
  }
  const { nesting, block } = blocks[name]!;
  if (rest.length === 0) {
    return nesting === "single" ? "a mapping" : "a list";
  }
  const inside = nesting === "single" ? rest : rest.slice(1);
  return inside.length === 0 ? "a mapping" : kindAt(block, inside);
}

function kindOfType(type: Type, [step, ...rest]: readonly string[]): Kind | undefined {
  if (typeof type === "string") {
    return step === undefined ? simple[type] : undefined;
  }
  if (step === undefined) {
    return type[0] === "list" || type[0] === "set" ? "a list" : "a mapping";
  }
  if (type[0] === "object") {
    return Object.hasOwn(type[1], step) ? kindOfType(type[1][step]!, rest) : undefined;
  }
  return kindOfType(type[1], rest);
}
