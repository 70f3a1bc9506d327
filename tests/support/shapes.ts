import type { Arguments } from "../../policies/arguments";

/**
 * The same arguments as Terraform shows them: a single block is an object at synth and a list in a plan. Not for arguments
 * that are maps, which are objects in both.
 */
export function bothShapes(args: Arguments): [shape: string, args: Arguments][] {
  return [
    ["at synth", args],
    ["in a plan", withListedBlocks(args)],
  ];
}

function withListedBlocks(args: Arguments): Arguments {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, listed(value)]));
}

function listed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((element: unknown) => (isBlock(element) ? withListedBlocks(element) : element));
  }
  return isBlock(value) ? [withListedBlocks(value)] : value;
}

function isBlock(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
