import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";

import { isInterrupted, onInterruption } from "./interruption";
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

/** The user, or the system, asked this process to end. */
export class InterruptedError extends UserError {
  constructor() {
    super("interrupted");
  }
}

/**
 * Runs a command to its end and keeps what it prints. Throws an `InterruptedError` where this process is asked to end: the command
 * is told to end, as by Ctrl-C, and has ended by then. It runs in a process group of its own, so that it is told once, and not
 * by a terminal that goes away; when Ctrl-C is pressed again it is killed.
 */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  if (isInterrupted()) {
    throw new InterruptedError();
  }
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    createInterface({ input: child[name] }).on("line", (line) => {
      output[name] += `${line}\n`;
      options.onLine?.(line);
    });
  }
  const stop = onInterruption((urgency) => tell(child, urgency === "first" ? "SIGINT" : "SIGKILL"));
  const code = await ended(child, command).finally(stop);
  if (isInterrupted()) {
    throw new InterruptedError();
  }
  return { code, ...output };
}

/** Runs a command on the user's terminal and gives its exit code. Ctrl-C reaches it from there, other signals are passed on. */
export async function runInteractively(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(command, [...args], { env, stdio: "inherit" });
  const passOn = (signal: NodeJS.Signals) => child.kill(signal);
  const stop = onInterruption(() => undefined);
  process.on("SIGTERM", passOn).on("SIGHUP", passOn);
  return ended(child, command).finally(() => {
    process.off("SIGTERM", passOn).off("SIGHUP", passOn);
    stop();
  });
}

function ended(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", (error) => {
      const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
      reject(missing ? new UserError(`'${command}' was not found: install it or put it on the PATH`) : error);
    });
    child.on("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  });
}

/** Tells all processes of a group; it may have ended already. */
function tell(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}
