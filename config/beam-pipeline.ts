import { readFileSync } from "node:fs";
import { join } from "node:path";

const known = new Map<string, string>();

/** The pipeline `dataflow/{name}.yaml`: Beam YAML with jinja variables. */
export function beamPipeline(name: string): string {
  const source = known.get(name) ?? readFileSync(join(__dirname, "..", "dataflow", `${name}.yaml`), "utf8");
  known.set(name, source);
  return source;
}
