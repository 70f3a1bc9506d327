import { listOf, textOf } from "../../../policies/arguments";
import { mostLevels } from "./depth";
import { type Json, objectOf, objectsOf } from "./json";

/** What the configuration says that values do not; addresses are without places in lists, of modules too. */
export interface Configuration {
  /** Arguments that it sets, of those that Google works out where nobody does: `google_x.y/name`. */
  readonly declared: ReadonlySet<string>;
  /** Custom roles that a grant takes its role from, by the address of the grant. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

const asked: Readonly<Record<string, readonly string[]>> = {
  google_vertex_ai_endpoint: ["traffic_split"],
};

const grant = /_iam_(?:member|binding)$/;
const customRole = /^google_\w+_iam_custom_role\.[\w-]+$/;

/** Reads only what is asked for; nothing where the plan comes without its configuration. */
export function configurationOf(json: unknown): Configuration | undefined {
  const { root_module: root } = objectOf(json);
  if (root === undefined) {
    return undefined;
  }
  const declared = new Set<string>();
  const roles = new Map<string, readonly string[]>();
  for (const { prefix, resource } of resourcesIn(objectOf(root), "")) {
    const [type, expressions] = [textOf(resource["type"]), objectOf(resource["expressions"])];
    const address = `${prefix}${textOf(resource["address"])}`;
    const names = Object.hasOwn(asked, type) ? asked[type]! : [];
    names.filter((name) => Object.hasOwn(expressions, name)).forEach((name) => declared.add(`${address}/${name}`));
    const references = grant.test(type) ? listOf(objectOf(expressions["role"])["references"]).map(textOf) : [];
    const named = references.filter((reference) => customRole.test(reference));
    if (named.length > 0) {
      roles.set(
        address,
        named.map((reference) => `${prefix}${reference}`),
      );
    }
  }
  return { declared, roles };
}

/** Resources of a module and of those that it calls, with what stands before their addresses. */
function resourcesIn(
  module: Json,
  prefix: string,
  levels = mostLevels,
): { readonly prefix: string; readonly resource: Json }[] {
  const calls = levels > 0 ? objectOf(module["module_calls"]) : {};
  const inner = Object.entries(calls).flatMap(([name, call]) =>
    resourcesIn(objectOf(objectOf(call)["module"]), `${prefix}module.${name}.`, levels - 1),
  );
  return [...objectsOf(module["resources"]).map((resource) => ({ prefix, resource })), ...inner];
}
