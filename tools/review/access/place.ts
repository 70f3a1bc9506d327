import { type Arguments, isUnknown, textOf } from "../../../policies/arguments";
import { knownAfterApply } from "./grant";

/** Arguments that say where a resource is. */
export const places: readonly string[] = ["project", "location", "region", "zone"];

const prefix = /^(?:projects|folders|organizations)\/([^/]+)\/(?:(?:locations|regions|zones)\/([^/]+)\/)?/;

/** Project and location of a resource: those in its name, or those that its arguments give. */
export function placeOf(args: Arguments, names: readonly string[] = []): string {
  const location = within(names)[1] ?? ["location", "region", "zone"].map((name) => text(args[name])).find(Boolean);
  return [projectOf(args, names), location].filter(Boolean).join("/");
}

/** The project alone; empty where nothing says it. */
export function projectOf(args: Arguments, names: readonly string[]): string {
  return within(names)[0] ?? text(args["project"]);
}

/** Project and location in the first name that holds them. */
function within(names: readonly string[]): readonly (string | undefined)[] {
  return names.map((name) => prefix.exec(name)?.slice(1)).find((found) => found !== undefined) ?? [];
}

/** A name without the project and location that stand before it, and without the words between its parts. */
export function shortName(name: string): string {
  return prefix.test(name)
    ? name.replace(prefix, "").replace(/[a-zA-Z]+\/([^/]+)/g, "$1")
    : name.replace(/^(?:b|projects|folders|organizations)\//, "");
}

function text(value: unknown): string {
  return isUnknown(value) ? knownAfterApply : textOf(value);
}
