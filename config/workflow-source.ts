import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "..", "workflows");
const known = new Map<string, string>();

/**
 * Source of a workflow as Google Cloud gets it: `workflows/{name}.yaml`, followed by the subworkflows of `workflows/shared/` that it calls,
 * one file each. Throws where there is no such workflow, or where it calls a subworkflow that does not exist.
 */
export function workflowSource(name: string): string {
  const source =
    known.get(name) ?? withSubworkflows(readFileSync(join(folder, `${name}.yaml`), "utf8"), `workflows/${name}.yaml`);
  known.set(name, source);
  return source;
}

/** A workflow followed by the subworkflows that it calls. */
export function withSubworkflows(main: string, path: string): string {
  const parts = [main];
  const defined = new Set([...main.matchAll(/^(\w+):/gm)].map(([, name]) => name!));
  for (const part of parts) {
    for (const called of new Set(callsIn(part).filter((call) => !defined.has(call)))) {
      const file = join(folder, "shared", `${called}.yaml`);
      if (!existsSync(file)) {
        throw new Error(`${path} calls '${called}', which neither it nor workflows/shared/ has`);
      }
      defined.add(called);
      parts.push(readFileSync(file, "utf8"));
    }
  }
  return parts.join("\n");
}

/** Subworkflows that steps call, and those that retries ask. Read by line: parsing takes longer than all else of a synth. */
function callsIn(part: string): string[] {
  return [...part.matchAll(/^\s+(?:- )?(?:call: (\w+)|predicate: \$\{(\w+)\})$/gm)].map(
    ([, called, asked]) => called ?? asked!,
  );
}
