import { stripVTControlCharacters } from "node:util";

import type { Command } from "commander";

import { workflowSource } from "../../../config/workflow-source";
import { Cloud, type CloudResource } from "../../../tools/sandbox/cloud";
import { Lock, type LockContent } from "../../../tools/sandbox/lock";
import { ProjectNumbers } from "../../../tools/sandbox/project";
import { type Runtime, RuntimePort } from "../../../tools/sandbox/runtime";
import { environment, project, team } from "../../config/support/project";
import { journalTable } from "../../sandbox/console/support/theatre";
import { workflow } from "../../sandbox/executions/support/cloud-run";
import { policy, resources, variables } from "../../workflows/support/stage";

const serving = `serving:
  models:
    propensity: {}
`;

/** Lets every version pass: the gates are not the subject here. */
const promote = "main:\n  params: [args]\n  steps:\n    - done:\n        return: ${args.version}\n";

/** What a command printed, and what it threw. */
export interface Printed {
  readonly output: string;
  readonly error: string | undefined;
}

/** A project of one model, its sandbox served from this process over loopback, without Terraform. */
export class SmallSandbox {
  /**
   * @param changes of the policy
   * @param more what Terraform made besides, in project `acme`
   */
  static async open(changes: object = {}, more: readonly CloudResource[] = []): Promise<SmallSandbox> {
    const root = project({
      "cdktf.json": "{}",
      "environments/dev.yaml": undefined,
      "environments/sandbox.yaml": environment({ project: "acme-ml", projectNumber: '"123456789012"' }),
      "teams/churn/team.yaml": team(serving),
    });
    const cloud = new Cloud(root);
    const made = [
      ...resources({ ...policy, ...changes }),
      ...["rollout", "rollback"].map((name) => workflow(`churn-${name}`, workflowSource(name), variables)),
      workflow("churn-promote", promote),
      journalTable,
      ...more,
    ];
    // Projects of a config have six characters at least.
    const named = JSON.stringify(made).replace(/\bacme(?=[/-]|\\?")/g, "acme-ml");
    (JSON.parse(named) as typeof made).forEach((resource) => cloud.put(resource));
    return SmallSandbox.openAt(root);
  }

  /** Goes on with a project whose sandbox has ended. */
  static async openAt(root: string): Promise<SmallSandbox> {
    const cloud = new Cloud(root);
    const port = await RuntimePort.open();
    const numbers = new ProjectNumbers({ "acme-ml": "123456789012" });
    const runtime = port.begin({ root, cloud, numbers, pace: 20_000 });
    // There are no sockets for Terraform.
    const lock = { pid: process.pid, sockets: "none", apis: port.url };
    new Lock(root).take(lock);
    return new SmallSandbox(root, port, runtime, lock);
  }

  private constructor(
    readonly root: string,
    private readonly port: RuntimePort,
    readonly runtime: Runtime,
    private readonly lock: LockContent,
  ) {}

  get url(): string {
    return this.port.url;
  }

  /** Runs a command of `mlp` in the project, in this process. */
  async run(command: Command, ...args: readonly string[]): Promise<Printed> {
    const lines: string[] = [];
    const print = (line: unknown) => void lines.push(stripVTControlCharacters(String(line)));
    const spies = [
      jest.spyOn(process, "cwd").mockReturnValue(this.root),
      jest.spyOn(console, "log").mockImplementation(print),
      jest.spyOn(console, "error").mockImplementation(print),
    ];
    try {
      await catchable(command).parseAsync([...args], { from: "user" });
      return { output: lines.join("\n"), error: undefined };
    } catch (error) {
      return { output: lines.join("\n"), error: (error as Error).message };
    } finally {
      spies.forEach((spy) => spy.mockRestore());
    }
  }

  /** Ends it, and leaves its project. */
  async close(): Promise<void> {
    this.runtime.close();
    await this.port.close();
    new Lock(this.root).release(this.lock);
  }
}

/** Errors of arguments end the process otherwise. */
function catchable(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  command.commands.forEach(catchable);
  return command;
}
