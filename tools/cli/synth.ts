import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { appSettings } from "./project";
import { run } from "./processes";
import { UserError } from "./user-error";

/** A synthesised stack. */
export interface SynthesisedStack {
  readonly name: string;
  /** Folder that Terraform runs in. */
  readonly folder: string;
  /** Names of the stacks that must be deployed before. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly name: string; readonly dependencies: readonly string[] }>>;
}

/**
 * Synthesises the stacks of an environment into `outputFolder`, as cdktf does, and lists them, each after those it depends on.
 * Throws a `UserError` with every problem of the config where there are any.
 */
export async function synthesise(
  root: string,
  environment: string,
  outputFolder: string = join(root, "cdktf.out"),
): Promise<SynthesisedStack[]> {
  const { app, context = {} } = appSettings(root);
  const env = {
    ...process.env,
    MLP_ENVIRONMENT: environment,
    CDKTF_OUTDIR: outputFolder,
    CDKTF_CONTEXT_JSON: JSON.stringify(context),
  };
  const { code, stdout, stderr } = await run("sh", ["-c", app], { cwd: root, env });
  if (code !== 0) {
    throw new UserError((stderr || stdout).trimEnd());
  }
  const manifest = JSON.parse(readFileSync(join(outputFolder, "manifest.json"), "utf8")) as Manifest;
  const stacks = Object.values(manifest.stacks);
  const folder = join(outputFolder, "stacks");
  removeOthers(
    folder,
    stacks.map(({ name }) => name),
  );
  return inOrder(stacks.map(({ name, dependencies }) => ({ name, folder: join(folder, name), dependencies })));
}

/** Removes the folders of stacks that an earlier synth wrote. */
function removeOthers(folder: string, names: readonly string[]): void {
  for (const name of readdirSync(folder).filter((other) => !names.includes(other))) {
    rmSync(join(folder, name), { recursive: true });
  }
}

/** Stacks with those before them that they depend on. */
function inOrder(stacks: readonly SynthesisedStack[]): SynthesisedStack[] {
  const ordered = new Set<SynthesisedStack>();
  const add = (stack: SynthesisedStack): void => {
    stacks.filter(({ name }) => stack.dependencies.includes(name)).forEach(add);
    ordered.add(stack);
  };
  stacks.forEach(add);
  return [...ordered];
}
