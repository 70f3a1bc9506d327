import type { Place } from "../problem";

export type Path = readonly (string | number)[];
export type Scalar = string | number | boolean | null;

interface Located {
  readonly place: Place;
  /** What a lower layer says in its stead. */
  readonly overrides?: Node;
}

export interface ScalarNode extends Located {
  readonly kind: "scalar";
  readonly value: Scalar;
  /** As it was written, without quotes. */
  readonly source: string;
}

export interface ListNode extends Located {
  readonly kind: "list";
  readonly items: readonly Node[];
}

export interface Entry {
  /** Where the key stands. */
  readonly key: Place;
  readonly value: Node;
}

export interface MappingNode extends Located {
  readonly kind: "mapping";
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A value of a YAML or JSON file that knows where it stands. */
export type Node = ScalarNode | ListNode | MappingNode;

/** Joins keys to the form that problems show: `stages[1].share`. */
export function joinPath(path: string, ...keys: Path): string {
  return keys.reduce<string>((joined, key) => {
    if (typeof key === "number") {
      return `${joined}[${key}]`;
    }
    return joined === "" ? key : `${joined}.${key}`;
  }, path);
}

/** The value without its places. */
export function plain(node: Node): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(plain);
    case "mapping":
      return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
  }
}

/** The value at a path; `undefined` where there is none. */
export function find(node: Node | undefined, path: Path): Node | undefined {
  return path.reduce<Node | undefined>((current, key) => child(current, key)?.value, node);
}

/** Keys of the mapping at a path, with their places; none where there is no mapping. */
export function entries(node: Node | undefined, ...path: Path): [string, Entry][] {
  const found = find(node, path);
  return found?.kind === "mapping" ? [...found.entries] : [];
}

/** Items of the list at a path; none where there is no list. */
export function items(node: Node | undefined, ...path: Path): readonly Node[] {
  const found = find(node, path);
  return found?.kind === "list" ? found.items : [];
}

/** The text at a path; `undefined` where there is none. */
export function text(node: Node | undefined, ...path: Path): string | undefined {
  const found = find(node, path);
  return found?.kind === "scalar" && typeof found.value === "string" ? found.value : undefined;
}

/** Where the value at a path stands; where it is missing, the key of the nearest mapping that would hold it. */
export function placeOf(node: Node, ...path: Path): Place {
  let current = node;
  let place = node.place;
  for (const [index, key] of path.entries()) {
    const next = child(current, key);
    if (next === undefined) {
      return { ...place, path: joinPath(place.path, ...path.slice(index)) };
    }
    current = next.value;
    place = index === path.length - 1 ? current.place : next.key;
  }
  return place;
}

/** Where the key at a path stands; where it is missing, the key of the nearest mapping that would hold it. */
export function keyPlaceOf(node: Node, ...path: Path): Place {
  const key = path.at(-1);
  const entry = key === undefined ? undefined : child(find(node, path.slice(0, -1)), key);
  return entry?.key ?? placeOf(node, ...path);
}

function child(node: Node | undefined, key: string | number): Entry | undefined {
  if (node?.kind === "mapping") {
    return node.entries.get(String(key));
  }
  if (node?.kind === "list") {
    const value = node.items[Number(key)];
    return value && { key: value.place, value };
  }
  return undefined;
}
