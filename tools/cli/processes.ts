import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";

import { UserError } from "./user-error";

/** How a process ended. */
export interface Outcome {
  /** Exit code; 128 and the signal's number where a signal ended it, as a shell counts. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the user pressed Ctrl-C, or somebody sent SIGTERM, before it ended. */
  readonly interrupted: boolean;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called with every line of output as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Runs a command to its end and keeps what it prints. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  const child = spawn(command, [...args], { cwd: options.cwd, env: options.env, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    createInterface({ input: child[name] }).on("line", (line) => {
      output[name] += `${line}\n`;
      options.onLine?.(line);
    });
  }
  return ended(child, command).then((end) => ({ ...end, ...output }));
}

/** Runs a command on the user's terminal and gives its exit code. */
export function runInteractively(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return ended(spawn(command, [...args], { env, stdio: "inherit" }), command).then(({ code }) => code);
}

/**
 * How a process ends. Until then, this process does not: Ctrl-C reaches both and the child cleans up in its own time, SIGTERM
 * is passed on.
 */
function ended(child: ChildProcess, command: string): Promise<{ code: number; interrupted: boolean }> {
  let interrupted = false;
  const wait = () => {
    interrupted = true;
  };
  const passOn = () => {
    interrupted = true;
    child.kill("SIGTERM");
  };
  process.on("SIGINT", wait);
  process.on("SIGTERM", passOn);
  return new Promise<{ code: number; interrupted: boolean }>((resolve, reject) => {
    child.on("error", (error) => {
      const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
      reject(missing ? new UserError(`'${command}' was not found: install it or put it on the PATH`) : error);
    });
    child.on("close", (code, signal) => resolve({ code: code ?? 128 + constants.signals[signal!], interrupted }));
  }).finally(() => {
    process.off("SIGINT", wait);
    process.off("SIGTERM", passOn);
  });
}
