import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { childEnvironment, Sandbox } from "../../sandbox/sandbox";
import type { PlatformConfig } from "../../../config/platform";
import { run } from "../processes";
import { sandboxEnvironment } from "../sandbox-environment";
import { synthesise, type SynthesisedStack } from "../synth";
import { findTerraform, type Terraform, terraformEnvironment } from "../terraform";
import { UserError } from "../user-error";

/** An empty folder of the demo's own, so that the user's sandbox is not touched. Throws where a demo runs in it. */
export async function demoFolder(root: string): Promise<string> {
  const folder = join(root, ".sandbox", "demo");
  const running = await Sandbox.attach(folder);
  if (running) {
    await running.close();
    throw new UserError("a demo runs already: end it with Ctrl-C in its terminal, or wait for its end");
  }
  rmSync(folder, { recursive: true, force: true });
  const cache = join(root, ".sandbox", "cache");
  mkdirSync(cache, { recursive: true });
  mkdirSync(join(folder, ".sandbox"), { recursive: true });
  symlinkSync(cache, join(folder, ".sandbox", "cache"));
  return folder;
}

/** Starts the demo's sandbox and deploys every stack to it with Terraform, telling of each as it is done. */
export async function deployDemo(
  root: string,
  folder: string,
  platform: PlatformConfig,
  say: (line: string) => void,
): Promise<Sandbox> {
  const { project, projectNumber } = platform.environment;
  const terraform = await findTerraform(process.env);
  const starting = Sandbox.start({
    root: folder,
    projectNumbers: { [project]: projectNumber },
    readSchemasAhead: true,
    pace: 60,
  });
  const synthesising = synthesise(root, sandboxEnvironment, join(folder, "cdktf.out"));
  const [sandbox, stacks] = await Promise.all([starting, synthesising]).catch(async (error: unknown) => {
    await (await starting.catch(() => undefined))?.close();
    throw error;
  });
  try {
    await applyAll(stacks, sandbox, terraform, say);
    return sandbox;
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** Each stack as soon as those that it depends on are there. */
async function applyAll(
  stacks: readonly SynthesisedStack[],
  sandbox: Sandbox,
  terraform: Terraform,
  say: (line: string) => void,
): Promise<void> {
  const applied = new Map<string, Promise<void>>();
  for (const stack of stacks) {
    const before = stack.dependencies.map((name) => applied.get(name)!);
    applied.set(
      stack.name,
      Promise.all(before).then(() => apply(stack, sandbox, terraform, say)),
    );
  }
  await Promise.all(applied.values());
}

async function apply(
  { name, folder }: SynthesisedStack,
  sandbox: Sandbox,
  terraform: Terraform,
  say: (line: string) => void,
): Promise<void> {
  const started = performance.now();
  for (const args of [["init"], ["apply", "-auto-approve"]]) {
    const env = childEnvironment(sandbox, terraformEnvironment(terraform, process.env));
    const { code, stdout, stderr } = await run(terraform.command, [...args, "-input=false", "-no-color"], {
      cwd: folder,
      env,
    });
    if (code !== 0) {
      throw new UserError(`${name}\n${(stderr || stdout).trim()}`);
    }
    const [, added] = /Resources: (\d+) added/.exec(stdout) ?? [];
    if (added !== undefined) {
      say(
        `  ${name.padEnd(26)} ${added.padStart(3)} resources  ${((performance.now() - started) / 1_000).toFixed(1)} s`,
      );
    }
  }
}
