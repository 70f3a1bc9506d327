import { join } from "node:path";

import { Listr } from "listr2";

import { DeployOutput, type StackEvent } from "./deploy-output";
import { InterruptedError, type Outcome, run } from "./processes";
import type { SandboxSession } from "./sandbox-session";
import type { SynthesisedStack } from "./synth";
import { withPlacesToMend } from "./terraform-errors";
import { type ManagedResource, managedResources, stackResources } from "./terraform-state";
import { UserError } from "./user-error";

/** What happened to a stack. */
export interface StackResult {
  readonly stack: string;
  /** What Terraform did, such as `2 added, 1 destroyed`. */
  readonly summary: string;
  /** From the end of the last stack that it waited for to its own end. */
  readonly seconds: number;
}

/**
 * A stack under way, from the news of it. cdktf loses the output of a stack whose plan has a very long line, so that a stack is
 * also known to have ended when one that waited for it has news.
 */
class StackProgress {
  private planned = 0;
  private finished = 0;
  private summary: string | undefined;
  private endedAt: number | undefined;
  private onText: (text: string) => void = () => undefined;
  private settle: (error?: Error) => void = () => undefined;

  constructor(
    readonly stack: string,
    private readonly startedAt: number,
    private readonly waitsFor: () => readonly StackProgress[],
    private readonly compareStates: (stack: string) => string,
    private readonly onEnd: (stack: StackProgress) => void,
  ) {}

  /** Where it is, in one line. */
  get text(): string {
    if (this.endedAt !== undefined) {
      const { summary, seconds } = this.result;
      return `${this.stack}  ${summary}, ${seconds.toFixed(1)} s`;
    }
    return `${this.stack}  ${this.summary === undefined ? "waiting" : `${this.finished} of ${this.planned} resources`}`;
  }

  get result(): StackResult {
    const startedAt = Math.max(this.startedAt, ...this.waitsFor().map(({ endedAt }) => endedAt ?? 0));
    const summary = this.summary ?? this.compareStates(this.stack);
    return { stack: this.stack, summary, seconds: (this.end - startedAt) / 1000 };
  }

  /** When it ended, or now. */
  get end(): number {
    return this.endedAt ?? Date.now();
  }

  /** Shows its text as the title of a task that ends with the stack. */
  follow(task: { title?: string }): Promise<void> {
    this.onText = (text) => (task.title = text);
    return new Promise((resolve, reject) => {
      this.settle = (error) => (error ? reject(error) : resolve());
    });
  }

  take(event: StackEvent): void {
    for (const before of this.waitsFor()) {
      before.succeed();
    }
    switch (event.kind) {
      case "planned":
        this.planned = event.steps;
        this.summary = event.summary;
        break;
      case "step":
        this.finished += 1;
        break;
      case "done":
        this.succeed();
    }
    this.onText(this.text);
  }

  succeed(): void {
    if (this.endedAt === undefined) {
      this.endedAt = Date.now();
      this.onText(this.text);
      this.onEnd(this);
      this.settle();
    }
  }

  /** The run is over: what has not ended by now never will. */
  giveUp(): void {
    this.settle(this.endedAt === undefined ? new Error("not deployed") : undefined);
  }
}

/**
 * Runs `cdktf deploy` or `cdktf destroy` on every stack against the sandbox, as `synthesise` has just left them, with a live
 * line per stack; plain lines where there is no terminal. Throws a `UserError` with Terraform's errors where a stack fails.
 */
export async function runCdktf(
  action: "deploy" | "destroy",
  session: SandboxSession,
  stacks: readonly SynthesisedStack[],
): Promise<StackResult[]> {
  const goesBefore = (first: SynthesisedStack, second: SynthesisedStack) =>
    action === "deploy" ? second.dependencies.includes(first.name) : first.dependencies.includes(second.name);
  const startedAt = Date.now();
  const compareStates = stateComparison(session.states);
  const progress: StackProgress[] = stacks.map(
    (stack) =>
      new StackProgress(
        stack.name,
        startedAt,
        () => progress.filter((_, index) => goesBefore(stacks[index]!, stack)),
        compareStates,
        ({ text }) => {
          if (!process.stdout.isTTY) {
            console.log(text);
          }
        },
      ),
  );
  const output = new DeployOutput(
    stacks.map(({ name }) => name),
    (event) => progress.find(({ stack }) => stack === event.stack)?.take(event),
  );

  const view = new Listr(
    progress.map((stack) => ({ title: stack.text, task: (_, task) => stack.follow(task) })),
    {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: { showErrorMessage: false },
      renderer: process.stdout.isTTY ? "default" : "silent",
    },
  );
  const shown = view.run();
  const finish = async (hasSucceeded: boolean) => {
    for (const stack of progress) {
      if (hasSucceeded) {
        stack.succeed();
      }
      stack.giveUp();
    }
    await shown;
  };
  let outcome: Outcome;
  try {
    outcome = await run(process.execPath, [cdktfScript(), action, "*", "--auto-approve", "--skip-synth"], {
      cwd: session.root,
      env: session.childEnv(),
      onLine: (line) => output.line(line),
    });
  } catch (error) {
    await finish(false);
    const command = action === "deploy" ? "up" : "down";
    throw error instanceof InterruptedError
      ? new UserError(`interrupted: what was done stays, and 'mlp sandbox ${command}' goes on from there`)
      : error;
  }
  const { code, stdout, stderr } = outcome;
  await finish(code === 0);

  if (code !== 0) {
    const failures = [...output.failures()].map(([name, errors]): [string, string] => {
      const stack = stacks.find((each) => each.name === name)!;
      return [name, withPlacesToMend(errors, session.root, session.platform.name, stack)];
    });
    throw new UserError(failureText(action, new Map(failures), `${stdout}${stderr}`));
  }
  return progress.map(({ result }) => result);
}

/** Says what came and went in a stack's state since now, for a stack whose output is lost. */
function stateComparison(folder: string): (stack: string) => string {
  const before = managedResources(folder);
  return (name) => {
    const addresses = (resources: readonly ManagedResource[]) =>
      new Set(resources.filter(({ stack }) => stack === name).map(({ address }) => address));
    const [was, is] = [addresses(before), addresses(stackResources(folder, name))];
    const count = (from: Set<string>, without: Set<string>) =>
      [...from].filter((address) => !without.has(address)).length;
    const counts = { added: count(is, was), destroyed: count(was, is) };
    const parts = Object.entries(counts).filter(([, number]) => number > 0);
    return parts.map(([verb, number]) => `${number} ${verb}`).join(", ") || "done";
  };
}

function failureText(action: string, failures: ReadonlyMap<string, string>, everything: string): string {
  const texts = [...failures].map(([stack, errors]) => `${stack}\n${errors}`);
  return texts.length > 0
    ? `${texts.join("\n\n")}\n${failures.size === 1 ? "one stack" : `${failures.size} stacks`} failed`
    : `cdktf ${action} failed:\n${everything.split("\n").slice(-40).join("\n")}`;
}

/** The script of the installed cdktf: started with node itself, since a shim on the PATH may be another version. */
function cdktfScript(): string {
  return join(require.resolve("cdktf-cli/package.json"), "..", "bundle", "bin", "cdktf");
}
