import { rmSync } from "node:fs";
import { join } from "node:path";

import { type App, Manifest, type TerraformStack } from "cdktf";

/** A stack that is written, with Terraform's JSON of it. */
export interface WrittenStack {
  readonly name: string;
  readonly json: unknown;
}

/**
 * Writes stacks as `App.synth()` does, but each before the next is made, and forgets it: the constructs of a thousand teams and what
 * refers to them take more than a gigabyte. There is no manifest then, without which nothing is deployed: it is the caller's to write,
 * when nothing is wrong with the stacks.
 */
export function* writeStacks(app: App, stacks: Iterable<TerraformStack>): Generator<WrittenStack> {
  rmSync(join(app.outdir, Manifest.fileName), { force: true });
  for (const stack of stacks) {
    yield { name: stack.node.id, json: write(app, stack) };
    app.node.tryRemoveChild(stack.node.id);
    forgetReferences();
  }
}

/** Terraform's JSON is made once, which is a good part of a synth: what is written is what is checked. */
function write({ outdir, skipValidation, manifest }: App, stack: TerraformStack): unknown {
  const make = stack.toTerraform.bind(stack);
  let json: unknown;
  stack.toTerraform = () => (json ??= make());
  stack.prepareStack();
  stack.synthesizer.synthesize({ outdir, skipValidation, manifest });
  return stack.toTerraform() as unknown;
}

/** cdktf looks every reference up in one table, and never takes one out. No stack has references to another's. */
function forgetReferences(): void {
  const { __cdktfTokenMap: table } = globalThis as { __cdktfTokenMap?: Readonly<Record<string, unknown>> };
  for (const references of Object.values(table ?? {})) {
    if (references instanceof Map) {
      references.clear();
    }
  }
}
