import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/**
 * The process whose id Terraform is given. Terraform kills that process when a socket is dead, and gives up its work when the
 * process ends; so it must not be one that does anything, and must end with the sandbox: `cat`, waiting for input that never comes.
 */
export class Watchman {
  static async start(): Promise<Watchman> {
    const child = spawn("cat", [], { stdio: ["pipe", "ignore", "ignore"], detached: true });
    await once(child, "spawn");
    child.unref();
    (child.stdin as unknown as { unref(): void }).unref();
    return new Watchman(child);
  }

  private constructor(private readonly child: ChildProcess) {}

  get pid(): number {
    return this.child.pid!;
  }

  stop(): void {
    this.child.stdin?.destroy();
    this.child.kill();
  }
}

/** Whether a process exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
