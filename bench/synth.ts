// Synthesises the platform for 1 to 1,000 teams, and the same resources written with cdktf's classes alone. Ratios of one run say
// more than seconds, which are those of this machine.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Table from "cli-table3";

import { measure } from "./measure";

const counts = (process.argv[2] ?? "1,10,100,1000").split(",").map(Number);
const work = mkdtempSync(join(tmpdir(), "mlp-bench-"));
const table = new Table({
  head: ["teams", "resources", "blueprint s", "flat s", "ratio", "s per team", "blueprint MB", "flat MB"],
  colAligns: ["right", "right", "right", "right", "right", "right", "right", "right"],
  style: { head: [], border: [], compact: true },
});
try {
  const one = join(work, "one");
  measure("synth-blueprint.ts", "1", one);
  for (const count of counts) {
    const blueprint = measure("synth-blueprint.ts", `${count}`, join(work, "blueprint"));
    const flat = measure("synth-flat.ts", `${count}`, one, join(work, "flat"));
    if (blueprint.resources !== flat.resources) {
      throw new Error(`the blueprint makes ${blueprint.resources} resources, the flat version ${flat.resources}`);
    }
    table.push([
      count,
      blueprint.resources,
      blueprint.cpuSeconds.toFixed(2),
      flat.cpuSeconds.toFixed(2),
      (blueprint.cpuSeconds / flat.cpuSeconds).toFixed(2),
      (blueprint.cpuSeconds / count).toFixed(3),
      blueprint.peakMegabytes,
      flat.peakMegabytes,
    ]);
    rmSync(join(work, "blueprint"), { recursive: true });
    rmSync(join(work, "flat"), { recursive: true });
  }
  console.log(table.toString());
} finally {
  rmSync(work, { recursive: true, force: true });
}
