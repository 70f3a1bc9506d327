import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

/** Says which plans of a folder were applied, so that an apply that was cut off goes on where it was. */
export const appliedFile = "applied.json";

const content = z.object({ format: z.literal(1), digest: z.string(), stacks: z.array(z.string()) });

/** Names of the stacks whose plans were applied; those of other plans that were in the folder before do not count. */
export function readApplied(folder: string, digest: string): ReadonlySet<string> {
  const file = join(folder, appliedFile);
  if (!existsSync(file)) {
    return new Set();
  }
  try {
    const applied = content.parse(JSON.parse(readFileSync(file, "utf8")));
    return new Set(applied.digest === digest ? applied.stacks : []);
  } catch {
    // Cut off while it was written: Terraform refuses what was applied already.
    return new Set();
  }
}

export function writeApplied(folder: string, digest: string, stacks: Iterable<string>): void {
  const text = JSON.stringify({ format: 1, digest, stacks: [...stacks] }, null, 2);
  writeFileSync(join(folder, appliedFile), `${text}\n`, { mode: 0o600 });
}
