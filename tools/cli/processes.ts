import { spawn, type SpawnOptions } from "node:child_process";
import { createInterface } from "node:readline";

import { UserError } from "./user-error";

/** How a process ended. */
export interface Outcome {
  /** Exit code; 128 and the signal's number where a signal ended it, as a shell counts. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called with every line of output as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Runs a command to its end and keeps what it prints. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { cwd: options.cwd, env: options.env, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      createInterface({ input: child[name]! }).on("line", (line) => {
        output[name] += `${line}\n`;
        options.onLine?.(line);
      });
    }
    child.on("error", (error) => reject(notStarted(command, error)));
    child.on("close", (code, signal) => resolve({ code: code ?? signalCode(signal), ...output }));
  });
}

/** Runs a command on the user's terminal and gives its exit code. Ctrl-C reaches it by itself: it is in the same group. */
export function runInteractively(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { env, stdio: "inherit" });
    const ignore = () => undefined;
    process.on("SIGINT", ignore);
    const forward = () => child.kill("SIGTERM");
    process.once("SIGTERM", forward);
    child.on("error", (error) => reject(notStarted(command, error)));
    child.on("close", (code, signal) => {
      process.off("SIGINT", ignore);
      process.off("SIGTERM", forward);
      resolve(code ?? signalCode(signal));
    });
  });
}

function start(command: string, args: readonly string[], options: SpawnOptions) {
  return spawn(command, [...args], options);
}

function notStarted(command: string, error: Error): Error {
  const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
  return missing ? new UserError(`'${command}' was not found: install it or put it on the PATH`) : error;
}

function signalCode(signal: NodeJS.Signals | null): number {
  return signal === "SIGINT" ? 130 : 143;
}
