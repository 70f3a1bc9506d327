import { join } from "node:path";

import { Listr } from "listr2";

import { DeployOutput, type StackEvent } from "./deploy-output";
import { run } from "./processes";
import type { SandboxSession } from "./sandbox-session";
import type { SynthesisedStack } from "./synth";
import { UserError } from "./user-error";

/** What happened to a stack. */
export interface StackResult {
  readonly stack: string;
  /** What Terraform did, such as `2 added, 1 destroyed`. */
  readonly summary: string;
  /** From the end of the last stack that it waited for to its own end. */
  readonly seconds: number;
}

/** A stack under way, from the news of it. */
class StackProgress {
  private planned = 0;
  private finished = 0;
  private summary = "";
  private ended = false;
  /** Time of the last news: of the end of the stack, unless cdktf has dropped that. */
  private news = Date.now();
  private onText: (text: string) => void = () => undefined;
  private settle: (error?: Error) => void = () => undefined;

  constructor(
    readonly stack: string,
    private readonly waitsFor: () => readonly StackProgress[],
    private readonly startedAt: number,
  ) {}

  /** Where it is, in one line. */
  get text(): string {
    const { summary, seconds } = this.result;
    return this.ended
      ? `${this.stack}  ${summary}, ${seconds.toFixed(1)} s`
      : `${this.stack}  ${this.summary === "" ? "waiting" : `${this.finished} of ${this.planned} resources`}`;
  }

  get result(): StackResult {
    const startedAt = Math.max(this.startedAt, ...this.waitsFor().map(({ news }) => news));
    return { stack: this.stack, summary: this.summary, seconds: (this.news - startedAt) / 1000 };
  }

  /** When it ended. */
  get end(): number {
    return this.news;
  }

  /** Shows its text as the title of a task that ends with the stack. */
  follow(task: { title?: string }): Promise<void> {
    this.onText = (text) => (task.title = text);
    return new Promise((resolve, reject) => {
      this.settle = (error) => (error ? reject(error) : resolve());
    });
  }

  take(event: StackEvent): void {
    this.news = Date.now();
    switch (event.kind) {
      case "planned":
        this.planned = event.steps;
        this.summary = event.summary;
        break;
      case "step":
        this.finished += 1;
        break;
      case "done":
        this.close(true);
    }
    this.onText(this.text);
  }

  /** Its end, or the end of the whole run. */
  close(success: boolean): void {
    this.ended ||= success;
    this.settle(this.ended ? undefined : new Error("not deployed"));
  }
}

/**
 * Runs `cdktf deploy` or `cdktf destroy` on every stack against the sandbox, with a live line per stack; plain lines where
 * there is no terminal. Throws a `UserError` with Terraform's errors where a stack fails.
 */
export async function runCdktf(
  action: "deploy" | "destroy",
  session: SandboxSession,
  stacks: readonly SynthesisedStack[],
): Promise<StackResult[]> {
  const goesBefore = (first: SynthesisedStack, second: SynthesisedStack) =>
    action === "deploy" ? second.dependencies.includes(first.name) : first.dependencies.includes(second.name);
  const startedAt = Date.now();
  const progress: StackProgress[] = stacks.map(
    (stack) =>
      new StackProgress(stack.name, () => progress.filter((_, index) => goesBefore(stacks[index]!, stack)), startedAt),
  );
  const output = new DeployOutput(
    stacks.map(({ name }) => name),
    (event) => {
      const stack = progress.find(({ stack: name }) => name === event.stack)!;
      stack.take(event);
      if (event.kind === "done" && !process.stdout.isTTY) {
        console.log(stack.text);
      }
    },
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
  const { code, stdout, stderr, interrupted } = await run(
    process.execPath,
    [cdktfScript(), action, "*", "--auto-approve"],
    {
      cwd: session.root,
      env: session.childEnv(),
      onLine: (line) => output.line(line),
    },
  );
  for (const stack of progress) {
    stack.close(code === 0);
  }
  await shown;

  if (interrupted) {
    throw new UserError(
      `interrupted: what was done stays, and 'mlp sandbox ${action === "deploy" ? "up" : "down"}' goes on from there`,
    );
  }
  if (code !== 0) {
    throw new UserError(failureText(action, output.failures(), `${stdout}${stderr}`));
  }
  return [...progress].sort((first, second) => first.end - second.end).map(({ result }) => result);
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
