import { textOf } from "../../../policies/arguments";
import { type Json, objectOf, objectsOf } from "./json";

/** Arguments that Google works out where nobody sets them: only the configuration tells which it is. */
const asked: Readonly<Record<string, readonly string[]>> = {
  google_vertex_ai_endpoint: ["traffic_split"],
};

/** Those that the configuration sets, as `google_x.y/name`; nothing where the plan comes without its configuration. */
export function declaredIn(configuration: unknown): ReadonlySet<string> | undefined {
  const { root_module: root } = objectOf(configuration);
  return root === undefined ? undefined : new Set(inModule(objectOf(root), ""));
}

function inModule(module: Json, prefix: string): string[] {
  const own = objectsOf(module["resources"]).flatMap(({ type, address, expressions }) =>
    (Object.hasOwn(asked, textOf(type)) ? asked[textOf(type)]! : [])
      .filter((name) => Object.hasOwn(objectOf(expressions), name))
      .map((name) => `${prefix}${textOf(address)}/${name}`),
  );
  const inner = Object.entries(objectOf(module["module_calls"])).flatMap(([name, call]) =>
    inModule(objectOf(objectOf(call)["module"]), `${prefix}module.${name}.`),
  );
  return [...own, ...inner];
}
