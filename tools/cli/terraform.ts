import { InterruptedError, run } from "./processes";
import { UserError } from "./user-error";

/** The engine that applies the stacks. */
export interface Terraform {
  /** Command, such as `terraform` or `tofu`. */
  readonly command: string;
  readonly version: string;
}

/** Oldest version the stacks are tested with; removed blocks and provider-defined functions are older. */
const oldest = [1, 9];

/**
 * Terraform, or OpenTofu where there is no Terraform. `TERRAFORM_BINARY_NAME` names another one, as it does for cdktf.
 * Throws a `UserError` where none is installed or it is too old.
 */
export async function findTerraform(env: NodeJS.ProcessEnv): Promise<Terraform> {
  const named = env["TERRAFORM_BINARY_NAME"];
  for (const command of named ? [named] : ["terraform", "tofu"]) {
    const version = await versionOf(command, env);
    if (version !== undefined) {
      requireRecent(command, version);
      return { command, version };
    }
  }
  throw new UserError(
    named
      ? `'${named}' (TERRAFORM_BINARY_NAME) is not Terraform or OpenTofu: name an installed one, or unset the variable`
      : "neither Terraform nor OpenTofu was found: install one (https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install) and put it on the PATH",
  );
}

/** What cdktf and Terraform need to find in their environment. */
export function terraformEnvironment(terraform: Terraform, base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...base, TERRAFORM_BINARY_NAME: terraform.command, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
}

async function versionOf(command: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { code, stdout } = await run(command, ["version", "-json"], { cwd: ".", env });
    return code === 0 ? (JSON.parse(stdout) as { terraform_version: string }).terraform_version : undefined;
  } catch (error) {
    if (error instanceof InterruptedError) {
      throw error;
    }
    return undefined;
  }
}

function requireRecent(command: string, version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < oldest[0]! || (major === oldest[0] && minor < oldest[1]!)) {
    throw new UserError(`${command} ${version} is too old: install ${oldest.join(".")} or newer`);
  }
}
