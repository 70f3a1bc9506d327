// The review of one plan's JSON with many changes against `JSON.parse` of the same file, each in a process of its own, in turn.
// Argument: how many times.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Table from "cli-table3";

import { outputs } from "../tests/review/support/outputs";
import { median } from "./median";

interface Measured {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly changes: number;
}

const rounds = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), "bench-review-"));

function run(script: string, ...args: readonly string[]): string {
  const register = require.resolve("ts-node/register");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", register, join(__dirname, script), ...args],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) {
    throw new Error(`${script} ${args.join(" ")} failed:\n${stderr}`);
  }
  return stdout;
}

const table = new Table({
  head: ["changes", "MB of JSON", "what", "s", "ratio", "peak MB", "ratio"],
  colAligns: ["right", "right", "left", "right", "right", "right", "right"],
  style: { head: [], border: [], compact: true },
});
for (const count of [100, 1_000, 10_000]) {
  const file = join(folder, `${count}.json`);
  run("large-plan.ts", String(count), file);
  const whats = ["parse", "review", ...outputs.keys()];
  const measured = new Map<string, Measured[]>(whats.map((what) => [what, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const what of whats) {
      const one = JSON.parse(run("review-worker.ts", what, file)) as Measured;
      if (one.changes !== count) {
        throw new Error(`${what} saw ${one.changes} of ${count} changes`);
      }
      measured.get(what)!.push(one);
    }
  }
  const of = (what: string, pick: (one: Measured) => number) => median(measured.get(what)!.map(pick));
  const ratio = (what: string, pick: (one: Measured) => number) =>
    median(measured.get(what)!.map((one, round) => pick(one) / pick(measured.get("parse")![round]!))).toFixed(2);
  for (const what of whats) {
    table.push([
      count.toLocaleString("en"),
      (statSync(file).size / 1e6).toFixed(1),
      what,
      of(what, ({ cpuSeconds }) => cpuSeconds).toFixed(2),
      ratio(what, ({ cpuSeconds }) => cpuSeconds),
      of(what, ({ peakMegabytes }) => peakMegabytes),
      ratio(what, ({ peakMegabytes }) => peakMegabytes),
    ]);
  }
  rmSync(file);
}
rmSync(folder, { recursive: true });
console.log(table.toString());
