import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What one run of a worker took. */
export interface Measurement {
  /** Seconds of CPU, of the whole process: loading modules is part of it. */
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly resources: number;
}

/** Runs a worker of this folder in a process of its own. */
export function measure(worker: string, ...args: readonly string[]): Measurement {
  const script = join(__dirname, worker);
  const register = require.resolve("ts-node/register");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", register, script, ...args], {
    encoding: "utf8",
    cwd: join(__dirname, ".."),
  });
  if (status !== 0) {
    throw new Error(`${worker} ${args.join(" ")} failed:\n${stderr}`);
  }
  return JSON.parse(stdout) as Measurement;
}

/** Ends a worker: prints what its process took until now, and then counts what it wrote. */
export function report(outdir: string): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const measurement: Measurement = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: Math.round(maxRSS / 1024),
    resources: countResources(outdir),
  };
  console.log(JSON.stringify(measurement));
}

function countResources(outdir: string): number {
  const stacks = readdirSync(join(outdir, "stacks")).map((stack) => {
    const text = readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8");
    return JSON.parse(text) as { readonly resource?: Readonly<Record<string, object>> };
  });
  return stacks
    .flatMap(({ resource = {} }) => Object.values(resource))
    .reduce((sum, named) => sum + Object.keys(named).length, 0);
}
