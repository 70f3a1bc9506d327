import { run } from "../cli/processes";
import type { SynthesisedStack } from "../cli/synth";
import type { Terraform } from "../cli/terraform";
import { UserError } from "../cli/user-error";

/** What `terraform validate` says against a stack; nothing where it is valid. Throws a `UserError` where the provider cannot be had. */
export async function validateStack(
  terraform: Terraform,
  { folder }: SynthesisedStack,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  for (const args of [
    ["init", "-backend=false", "-input=false", "-no-color"],
    ["validate", "-no-color"],
  ]) {
    const { code, stdout, stderr } = await run(terraform.command, args, { cwd: folder, env });
    if (code !== 0) {
      const problem = (stderr || stdout).trimEnd();
      if (/Failed to (query available provider packages|install provider)/.test(problem)) {
        throw new UserError(`${problem}\nnothing was validated: Terraform could not get the provider`);
      }
      return problem;
    }
  }
  return undefined;
}
