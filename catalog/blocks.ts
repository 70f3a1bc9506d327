/*
 * Which arguments of a resource type are blocks: in JSON a single block looks like a map.
 * Source: the schemas of google and google-beta 6.50, for the types that policies look at. `npm run blocks` writes them
 * again from the installed bindings, and a test compares.
 */
import paths from "./block-paths.json";

const read = new Map<string, ReadonlySet<string>>();

/** Paths of a type's blocks, such as `lifecycle_rule.condition`; only what Terraform itself adds, where the type is not known. */
export function blockPaths(type: string): ReadonlySet<string> {
  const known = read.get(type) ?? parse(type);
  read.set(type, known);
  return known;
}

function parse(type: string): ReadonlySet<string> {
  const text = Object.hasOwn(paths, type) ? (paths as Readonly<Record<string, string>>)[type]! : "";
  return new Set(["lifecycle", ...text.split(" ").filter(Boolean)]);
}
