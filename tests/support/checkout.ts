import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

const root = join(__dirname, "..", "..");

/** What a clone does not have. */
const notCloned = new Set([".git", ".sandbox", "cdktf.out", "node_modules", "coverage"]);

/** How a command ended. */
export interface Ended {
  readonly code: number;
  /** What it printed, on both streams. */
  readonly output: string;
}

/** A copy of this repository to run commands in, as a user would after `git clone` and `npm ci`. */
export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), "mlp-checkout-"));

  constructor() {
    cpSync(root, this.folder, {
      recursive: true,
      filter: (source) => !notCloned.has(relative(root, source)),
    });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
  }

  /** Runs a command line in the checkout. */
  run(commandLine: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return new Promise((resolve) => {
      const child = spawn("/bin/bash", ["-c", commandLine], {
        cwd: this.folder,
        env: { ...process.env, NO_COLOR: "1", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.on("close", (code) => resolve({ code: code ?? -1, output }));
    });
  }

  /** Runs `mlp` in the checkout. */
  mlp(args: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.run(`node tools/cli/mlp.js ${args}`, env);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
