import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Two processes that wait for input which never comes, and end with the process that started them. The second is the parent of
 * the first and never looks after it: a child that was killed keeps its process id until its parent ends.
 */
const script = "exec 3<&0; cat <&3 >/dev/null & echo $!; exec >/dev/null cat";

/**
 * The process whose id Terraform is given. Terraform kills that process when a socket is dead, and gives up its work when the
 * process ends; so it must not be one that does anything, and its id must not be given to another process for as long as
 * somebody may hold it: a shell that was started with it outlives the sandbox, and tries again.
 */
export class Watchman {
  static async start(): Promise<Watchman> {
    const child = spawn("sh", ["-c", script], { stdio: ["pipe", "pipe", "ignore"], detached: true });
    const [answer] = (await Promise.race([
      once(child.stdout, "data"),
      once(child, "exit").then(() => Promise.reject(new Error("'sh' ended before it had started its child"))),
    ])) as [Buffer];
    child.stdout.destroy();
    child.unref();
    (child.stdin as unknown as { unref(): void }).unref();
    return new Watchman(child, Number(answer.toString()));
  }

  private constructor(
    private readonly parent: ChildProcess,
    readonly pid: number,
  ) {}

  /** Ends both: their input is over. */
  stop(): void {
    this.parent.stdin?.destroy();
  }
}
