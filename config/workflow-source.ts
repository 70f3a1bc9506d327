import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

const folder = join(__dirname, "..", "workflows");
const known = new Map<string, string>();

/**
 * Source of a workflow as Google Cloud gets it: `workflows/{name}.yaml`, followed by the subworkflows of `workflows/shared/` that it calls,
 * one file each. Throws where there is no such workflow, or where it calls a subworkflow that does not exist.
 */
export function workflowSource(name: string): string {
  const source = known.get(name) ?? assemble(name);
  known.set(name, source);
  return source;
}

function assemble(name: string): string {
  const main = readFileSync(join(folder, `${name}.yaml`), "utf8");
  const parts = [main];
  const defined = new Set(Object.keys(parse(main) as object));
  for (const part of parts) {
    const missing = callsIn(parse(part)).filter((call) => !call.includes(".") && !defined.has(call));
    for (const called of new Set(missing)) {
      const file = join(folder, "shared", `${called}.yaml`);
      if (!existsSync(file)) {
        throw new Error(`workflows/${name}.yaml calls '${called}', which neither it nor workflows/shared/ has`);
      }
      defined.add(called);
      parts.push(readFileSync(file, "utf8"));
    }
  }
  return parts.join("\n");
}

/** Names that steps call, and predicates of retries. */
function callsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    (key === "call" || key === "predicate") && typeof inner === "string"
      ? [inner.replace(/^\$\{\s*|\s*\}$/g, "")]
      : callsIn(inner),
  );
}
