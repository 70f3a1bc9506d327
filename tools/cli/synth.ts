import { readFileSync } from "node:fs";
import { join } from "node:path";

import { appCommand } from "./project";
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
 * Synthesises the stacks of an environment into `outputFolder` and lists them, each after those it depends on.
 * Throws a `UserError` with every problem of the config where there are any.
 */
export async function synthesise(
  root: string,
  environment: string,
  outputFolder: string = join(root, "cdktf.out"),
): Promise<SynthesisedStack[]> {
  const env = { ...process.env, MLP_ENVIRONMENT: environment, CDKTF_OUTDIR: outputFolder };
  const { code, stdout, stderr } = await run("sh", ["-c", appCommand(root)], { cwd: root, env });
  if (code !== 0) {
    throw new UserError((stderr || stdout).trimEnd());
  }
  const { stacks } = JSON.parse(readFileSync(join(outputFolder, "manifest.json"), "utf8")) as Manifest;
  return inOrder(
    Object.values(stacks).map(({ name, dependencies }) => ({
      name,
      folder: join(outputFolder, "stacks", name),
      dependencies,
    })),
  );
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
