import { blockPaths } from "../catalog/blocks";
import { type Arguments, isObject, listOf, unknown } from "./arguments";

/**
 * Arguments of a resource in one shape, wherever they come from: blocks are lists, and what is absent or null is left out.
 * At synth a single block is an object, in a plan a list of one; a map such as `labels` is an object in both, so only the
 * provider's schema tells them apart. Blocks that Terraform is yet to repeat are their content, and one that is unknown.
 */
export function normalise(type: string, args: unknown): Arguments {
  return inBlock(blockPaths(type), "", isObject(args) ? args : {});
}

function inBlock(paths: ReadonlySet<string>, prefix: string, block: Arguments): Arguments {
  const entries: [string, unknown][] = [];
  for (const name of Object.keys(block)) {
    const value = block[name];
    if (name === "//" || name === "dynamic" || value === null || value === undefined) {
      continue;
    }
    const path = prefix + name;
    const shaped = paths.has(path) ? listed(paths, path, value) : withoutNulls(value);
    if (shaped !== undefined) {
      entries.push([name, shaped]);
    }
  }
  if (block["dynamic"] !== undefined) {
    entries.push(...repeated(paths, prefix, block["dynamic"], new Map(entries)));
  }
  return Object.fromEntries(entries);
}

function listed(paths: ReadonlySet<string>, path: string, value: unknown): readonly unknown[] | undefined {
  const list = listOf(value)
    .filter((element) => element !== null && element !== undefined)
    .map((element) => (isObject(element) ? inBlock(paths, `${path}.`, element) : unknown));
  return list.length === 0 ? undefined : list;
}

/** `dynamic "traffic" { for_each = ..., content { ... } }`, as JSON writes it. */
function repeated(
  paths: ReadonlySet<string>,
  prefix: string,
  dynamic: unknown,
  written: ReadonlyMap<string, unknown>,
): [string, unknown][] {
  return listOf(dynamic)
    .filter(isObject)
    .flatMap((labels) => Object.entries(labels))
    .filter(([name]) => paths.has(`${prefix}${name}`))
    .map(([name, bodies]) => {
      const contents = listOf(bodies).flatMap((body) => (isObject(body) ? listOf(body["content"]) : []));
      const known = listed(paths, `${prefix}${name}`, contents) ?? [];
      return [name, [...listOf(written.get(name)), ...known, unknown]];
    });
}

/** Maps lose the entries that are null; what is inside of a map's values is left as it is. */
function withoutNulls(value: unknown): unknown {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null && entry !== undefined))
    : value;
}
