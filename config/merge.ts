import type { Entry, Node } from "./source/node";

/**
 * One value from two layers. Mappings merge key by key; lists and scalars of the upper layer replace those below, and
 * remember them.
 *
 * `home` says which layer a mapping in both is said to stand in: what is missing from it is reported there.
 */
export function merge(lower: Node | undefined, upper: Node | undefined, home: "lower" | "upper"): Node | undefined {
  if (lower === undefined || upper === undefined) {
    return upper ?? lower;
  }
  if (lower.kind !== "mapping" || upper.kind !== "mapping") {
    return above(upper, lower);
  }
  const entries = new Map<string, Entry>(lower.entries);
  for (const [key, entry] of upper.entries) {
    const below = lower.entries.get(key);
    const value = merge(below?.value, entry.value, home)!;
    const { key: place } = below && home === "lower" ? below : entry;
    entries.set(key, { key: place, value });
  }
  return { ...(home === "lower" ? lower : upper), entries };
}

function above(node: Node, lowest: Node): Node {
  return { ...node, overrides: node.overrides ? above(node.overrides, lowest) : lowest };
}
