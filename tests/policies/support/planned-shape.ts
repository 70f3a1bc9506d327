import { blockPaths } from "../../../catalog/blocks";
import { type Arguments, isObject } from "../../../policies/arguments";
import { normalise } from "../../../policies/normalise";

/**
 * Arguments as a plan shows them: blocks are lists, empty where they are absent, and what was left out is null. `known` are
 * arguments that the resource itself may leave out.
 */
export function asPlanned(type: string, args: Arguments, known: readonly string[]): Arguments {
  const blocks = [...blockPaths(type)].filter((path) => path !== "lifecycle");
  const absent = Object.fromEntries(known.map((name) => [name, null]));
  return { ...absent, ...withEmptyBlocks(blocks, "", normalise(type, args)) };
}

function withEmptyBlocks(blocks: readonly string[], prefix: string, args: Arguments): Arguments {
  const here = blocks.filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes("."));
  const filled = here.map((path): [string, unknown] => {
    const name = path.slice(prefix.length);
    const found = (Array.isArray(args[name]) ? args[name] : []) as readonly unknown[];
    return [name, found.map((block) => (isObject(block) ? withEmptyBlocks(blocks, `${path}.`, block) : block))];
  });
  return { ...args, ...Object.fromEntries(filled) };
}
