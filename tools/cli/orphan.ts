import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run } from "./processes";
import type { SandboxSession } from "./sandbox-session";
import { UserError } from "./user-error";

/**
 * Destroys what a stack left behind that is declared no more: Terraform needs only its state and the providers for that. Throws a
 * `UserError` with Terraform's errors where it cannot.
 */
export async function destroyOrphan(session: SandboxSession, stack: string): Promise<void> {
  const { project, region } = session.platform.environment;
  const providers = ["google", "google-beta"];
  const folder = mkdtempSync(join(tmpdir(), "mlp-orphan-"));
  try {
    const config = {
      terraform: {
        backend: { local: { path: join(session.states, `${stack}.tfstate`) } },
        required_providers: Object.fromEntries(providers.map((name) => [name, { source: `hashicorp/${name}` }])),
      },
      provider: Object.fromEntries(providers.map((name) => [name, [{ project, region }]])),
    };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(config));
    for (const args of [
      ["init", "-input=false", "-no-color"],
      ["destroy", "-auto-approve", "-input=false", "-no-color"],
    ]) {
      const { code, stdout, stderr } = await run(session.terraform.command, args, {
        cwd: folder,
        env: session.childEnv(),
      });
      if (code !== 0) {
        throw new UserError(
          `${stack}, which is declared no more, could not be destroyed:\n${(stderr || stdout).trimEnd()}`,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
