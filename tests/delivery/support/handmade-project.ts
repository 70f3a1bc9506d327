import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { Command } from "commander";

import { UserError } from "../../../tools/cli/user-error";

/** A stack of a handmade project. */
export interface HandmadeStack {
  readonly dependencies?: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
}

/** What an app does for cdktf, from stacks that are written down. */
const app = `
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const stacks = JSON.parse(readFileSync("stacks.json", "utf8"));
const out = process.env.CDKTF_OUTDIR;
const manifest = { stacks: {} };
for (const [name, { dependencies = [], config }] of Object.entries(stacks)) {
  mkdirSync(out + "/stacks/" + name, { recursive: true });
  writeFileSync(out + "/stacks/" + name + "/cdk.tf.json", JSON.stringify(config));
  manifest.stacks[name] = { name, dependencies };
}
writeFileSync(out + "/manifest.json", JSON.stringify(manifest));
`;

export interface Ended {
  readonly code: number;
  /** What it printed, on both streams. */
  readonly output: string;
}

/** A project of a few stacks under git, whose Terraform needs no provider and no cloud: environment 'dev'. */
export class HandmadeProject {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "mlp-project-")));

  constructor(stacks: Readonly<Record<string, HandmadeStack>>) {
    this.write("cdktf.json", '{ "app": "node app.js" }');
    this.write("app.js", app);
    this.write("environments/dev.yaml", "");
    this.write(".gitignore", "cdktf.out/\nplans/\nstates/\nnode_modules\n");
    this.writeStacks(stacks);
    this.git("init", "--quiet", "--initial-branch=main");
    this.commit();
  }

  write(file: string, content: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), content);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  /** The stacks' states are files of the project. */
  writeStacks(stacks: Readonly<Record<string, HandmadeStack>>): void {
    const withStates = Object.entries(stacks).map(([name, { config, ...rest }]) => {
      const path = join(this.folder, "states", `${name}.tfstate`);
      return [name, { ...rest, config: { terraform: { backend: { local: { path } } }, ...config } }];
    });
    this.write("stacks.json", JSON.stringify(Object.fromEntries(withStates)));
  }

  /** Gives the new commit. */
  commit(): string {
    const author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    this.git("add", "--all");
    this.git(...author, "commit", "--quiet", "--allow-empty", "--message=Change");
    return this.git("rev-parse", "HEAD");
  }

  git(...args: string[]): string {
    return execFileSync("git", args, { cwd: this.folder, encoding: "utf8" }).trim();
  }

  /** Runs a command of `mlp` in this process, as `mlp` itself does: to start it takes longer than most of them run. */
  async run(command: Command, ...args: string[]): Promise<Ended> {
    const [folder, env, lines] = [process.cwd(), { ...process.env }, [] as string[]];
    const spies = (["log", "error"] as const).map((name) =>
      jest.spyOn(console, name).mockImplementation((...line: unknown[]) => void lines.push(`${line.join(" ")}\n`)),
    );
    process.chdir(this.folder);
    Object.assign(process.env, { MLP_ENVIRONMENT: "dev", CHECKPOINT_DISABLE: "1" });
    try {
      await command.parseAsync(args, { from: "user" });
      return { code: Number(process.exitCode ?? 0), output: lines.join("") };
    } catch (error) {
      if (error instanceof UserError) {
        return { code: 1, output: `${lines.join("")}${error.message}\n` };
      }
      throw error;
    } finally {
      spies.forEach((spy) => spy.mockRestore());
      process.exitCode = undefined;
      process.env = env;
      process.chdir(folder);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A stack with one `terraform_data`, which only Terraform itself is needed for. */
export function dataStack(input: unknown, dependencies: readonly string[] = []): HandmadeStack {
  return { dependencies, config: { resource: { terraform_data: { Thing: { input } } } } };
}
