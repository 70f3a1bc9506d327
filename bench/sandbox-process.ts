import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { childEnvironment, Sandbox } from "../tools/sandbox/sandbox";

/** A sandbox in a process of its own. */
export class SandboxProcess {
  static async start(root: string, projectNumbers: Readonly<Record<string, string>> = {}): Promise<SandboxProcess> {
    const worker = join(__dirname, "sandbox-worker.ts");
    const child = fork(worker, [root, JSON.stringify(projectNumbers)], {
      execArgv: ["--require", require.resolve("ts-node/register")],
    });
    await once(child, "message");
    return new SandboxProcess(child, (await Sandbox.attach(root))!);
  }

  private constructor(
    private readonly child: ChildProcess,
    private readonly sandbox: Sandbox,
  ) {}

  /** Environment of a Terraform that is about to be started. */
  get environment(): NodeJS.ProcessEnv {
    return childEnvironment(this.sandbox, process.env);
  }

  /** Socket of provider `google`. */
  get socket(): string {
    const providers = JSON.parse(this.sandbox.environment["TF_REATTACH_PROVIDERS"]!) as Record<
      string,
      { readonly Addr: { readonly String: string } }
    >;
    return providers["registry.terraform.io/hashicorp/google"]!.Addr.String;
  }

  /** Memory that it holds now. */
  async megabytes(): Promise<number> {
    this.child.send("memory");
    const [bytes] = (await once(this.child, "message")) as [number];
    return Math.round(bytes / 2 ** 20);
  }

  async stop(): Promise<void> {
    this.child.send("stop");
    await once(this.child, "exit");
  }
}
