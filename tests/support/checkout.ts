import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

const root = join(__dirname, "..", "..");

/** What a clone does not have. */
const notCloned = new Set([".git", ".sandbox", "cdktf.out", "node_modules", "coverage", "plans"]);

/** How a command ended. */
export interface Ended {
  readonly code: number;
  /** What it printed, on both streams. */
  readonly output: string;
}

/** A command that runs, as the leader of a process group of its own, as commands of a terminal are. */
export class Running {
  private text = "";
  readonly ended: Promise<Ended>;

  constructor(private readonly child: ChildProcess) {
    child.stdout?.on("data", (chunk: Buffer) => (this.text += chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => (this.text += chunk.toString()));
    this.ended = new Promise((resolve) => {
      child.on("close", (code) => resolve({ code: code ?? -1, output: this.text }));
    });
  }

  get output(): string {
    return this.text;
  }

  /** Waits until something holds, or the command has ended. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds() && this.child.exitCode === null && this.child.signalCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Sends a signal to the whole group, as a terminal does, or to the command alone. One that has ended meanwhile gets none. */
  signal(name: NodeJS.Signals, to: "group" | "command"): void {
    try {
      process.kill(to === "group" ? -this.child.pid! : this.child.pid!, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
        throw error;
      }
    }
  }
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
        env: { ...process.env, ...env },
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

  /** Starts `mlp` in the checkout, without a shell in between. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    return new Running(
      spawn(process.execPath, ["tools/cli/mlp.js", ...args], {
        cwd: this.folder,
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      }),
    );
  }

  /** Uses the schemas that this repository's sandbox has parsed: reading the bindings again takes seconds. */
  shareSchemas(): void {
    const cache = join(root, ".sandbox", "cache");
    mkdirSync(cache, { recursive: true });
    mkdirSync(join(this.folder, ".sandbox"));
    symlinkSync(cache, join(this.folder, ".sandbox", "cache"));
  }

  /** Takes every team out of all environments: their foundation and quotas remain. */
  dropTeams(): void {
    const folder = join(this.folder, "environments");
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      writeFileSync(file, readFileSync(file, "utf8").replace("teams:\n  - churn\n", "teams: []\n"));
    }
    rmSync(join(this.folder, "teams", "churn"), { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
