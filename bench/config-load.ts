// Loads a project of 1 to 100 teams, and parses the YAML of the same files with the library alone. Ratios of one run say more than
// milliseconds, which are those of this machine.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Table from "cli-table3";
import { parseDocument } from "yaml";

import { loadPlatform } from "../config/load";
import { median } from "./median";

const repository = join(__dirname, "..");
const counts = (process.argv[2] ?? "1,10,100").split(",").map(Number);
const runs = 7;
const work = mkdtempSync(join(tmpdir(), "mlp-bench-"));
const table = new Table({
  head: ["teams", "YAML files", "KB", "parse ms", "load ms", "ratio", "load ms per team"],
  colAligns: ["right", "right", "right", "right", "right", "right", "right"],
  style: { head: [], border: [], compact: true },
});

/** A project of so many teams like `churn`, in every environment. */
function projectOf(count: number): string {
  const root = join(work, `${count}`);
  const teams = Array.from({ length: count }, (_, index) => `team-${index}`);
  teams.forEach((team) => cpSync(join(repository, "teams", "churn"), join(root, "teams", team), { recursive: true }));
  mkdirSync(join(root, "environments"));
  for (const name of readdirSync(join(repository, "environments")).filter((file) => file.endsWith(".yaml"))) {
    const text = readFileSync(join(repository, "environments", name), "utf8");
    writeFileSync(
      join(root, "environments", name),
      text
        .replace("teams:\n  - churn\n", `teams: [${teams.join(", ")}]\n`)
        // Quotas must suffice for all of them.
        .replace(/(NVIDIA_\w+): \d+/g, "$1: 10000"),
    );
  }
  return root;
}

function yamlFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => join(root, file));
}

function millis(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

try {
  for (const count of counts) {
    const root = projectOf(count);
    const files = yamlFiles(root);
    const load = () => {
      const result = loadPlatform(root, "dev");
      if (!result.ok) {
        throw new Error(JSON.stringify(result.problems.slice(0, 3)));
      }
    };
    const parse = () => files.forEach((file) => parseDocument(readFileSync(file, "utf8")).toJS());
    load();
    parse();
    // In turn, so that what else the machine does is shared.
    const took = Array.from({ length: runs }, () => [millis(parse), millis(load)] as const);
    const [parsed, loaded] = [median(took.map(([each]) => each)), median(took.map(([, each]) => each))];
    const bytes = files.reduce((sum, file) => sum + readFileSync(file).length, 0);
    table.push([
      count,
      files.length,
      Math.round(bytes / 1_000),
      parsed.toFixed(0),
      loaded.toFixed(0),
      (loaded / parsed).toFixed(2),
      (loaded / count).toFixed(1),
    ]);
  }
  console.log(table.toString());
} finally {
  rmSync(work, { recursive: true, force: true });
}
