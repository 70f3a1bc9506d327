// `mlp sandbox up` on a fresh copy of this repository, and on what it left, against `terraform init` and `terraform apply` of the
// same stacks one by one against a sandbox that runs already. In turn; argument: how many times.
import { spawnSync } from "node:child_process";

import Table from "cli-table3";

import { loadPlatform } from "../config/load";
import { synthesise, type SynthesisedStack } from "../tools/cli/synth";
import { Checkout } from "../tests/support/checkout";
import { median } from "./median";
import { SandboxProcess } from "./sandbox-process";

const rounds = Number(process.argv[2] ?? 3);
const times = new Map<string, number[]>();

async function timed(what: string, work: () => void | Promise<void>): Promise<void> {
  const started = performance.now();
  await work();
  times.set(what, [...(times.get(what) ?? []), (performance.now() - started) / 1000]);
}

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${status} in ${cwd}:\n${stderr || stdout}`);
  }
}

/** What somebody would do who knows the order of the stacks. */
async function bySteps(root: string, stacks: readonly SynthesisedStack[], what: readonly string[]): Promise<void> {
  const loaded = loadPlatform(root, "sandbox");
  if (!loaded.ok) {
    throw new Error(loaded.problems.join("\n"));
  }
  const { project, projectNumber } = loaded.platform.environment;
  const sandbox = await SandboxProcess.start(root, { [project]: projectNumber });
  for (const name of what) {
    await timed(`${name} steps`, () => {
      for (const { folder } of stacks) {
        run("terraform", ["init", "-input=false"], folder, sandbox.environment);
        run("terraform", ["apply", "-auto-approve", "-input=false"], folder, sandbox.environment);
      }
    });
  }
  await sandbox.stop();
}

async function main(): Promise<void> {
  const runs = ["first", "again"];
  for (let round = 0; round < rounds; round += 1) {
    const [whole, stepwise] = [new Checkout(), new Checkout()];
    try {
      for (const name of runs) {
        await timed(`${name} up`, () =>
          run(process.execPath, ["tools/cli/mlp.js", "sandbox", "up", "--exit"], whole.folder, process.env),
        );
      }
      let stacks: SynthesisedStack[] = [];
      await timed("synth", async () => {
        stacks = await synthesise(stepwise.folder, "sandbox");
      });
      await bySteps(stepwise.folder, stacks, runs);
    } finally {
      whole.remove();
      stepwise.remove();
    }
  }

  const table = new Table({
    head: ["deploy", "mlp sandbox up s", "terraform steps s", "ratio"],
    colAligns: ["left", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const name of runs) {
    const [up, steps] = [times.get(`${name} up`)!, times.get(`${name} steps`)!];
    const ratio = median(up.map((seconds, index) => seconds / steps[index]!));
    table.push([name, median(up).toFixed(1), median(steps).toFixed(1), ratio.toFixed(2)]);
  }
  console.log(table.toString());
  console.log(`The synth alone, which the steps leave out: ${median(times.get("synth")!).toFixed(1)} s`);
}

void main();
