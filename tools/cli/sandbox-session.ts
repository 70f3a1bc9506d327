import { loadPlatform } from "../../config/load";
import type { PlatformConfig } from "../../config/platform";
import { childEnvironment, Sandbox, SandboxRunningError } from "../sandbox/sandbox";
import { holdInterruptions } from "./interruption";
import { projectRoot } from "./project";
import { findTerraform, type Terraform, terraformEnvironment } from "./terraform";
import { sandboxEnvironment } from "./sandbox-environment";
import { managedResources, restoreStates, sandboxStateFolder } from "./terraform-state";
import { UserError } from "./user-error";

/** A project with its sandbox running, here or in another process. */
export interface SandboxSession {
  readonly root: string;
  readonly platform: PlatformConfig;
  /** Folder of Terraform's state files. */
  readonly states: string;
  readonly sandbox: Sandbox;
  readonly terraform: Terraform;
  /** Environment of a child process that is about to be started; never kept. */
  readonly childEnv: () => NodeJS.ProcessEnv;
}

/** The config of the sandbox's environment. Throws a `UserError` with every problem of the config where there are any. */
function sandboxPlatform(root: string): PlatformConfig {
  const loaded = loadPlatform(root, sandboxEnvironment);
  if (!loaded.ok) {
    throw new UserError(loaded.problems.join("\n"));
  }
  return loaded.platform;
}

/** How a sandbox behaves that a command starts. */
export interface SessionOptions {
  /**
   * Seconds in which a fresh grant does not count.
   * @default - grants work at once
   */
  readonly iamDelay?: number;

  /**
   * Simulated seconds per real one.
   * @default - no time passes, and what Terraform makes does not run
   */
  readonly pace?: number;
}

/** Works with a sandbox of this process's own. Throws a `UserError` where another process runs one on the same state. */
export function withOwnSession<T>(
  work: (session: SandboxSession) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> {
  return withSandbox((root, platform, states) => startSandbox(root, platform, states, options), work);
}

/** Works with the running sandbox, or with one that lives as long as the work. */
export function withSession<T>(
  work: (session: SandboxSession) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> {
  return withSandbox(async (root, platform, states) => {
    const attached = await Sandbox.attach(root);
    if (attached && options.iamDelay !== undefined) {
      throw new UserError("a sandbox runs already, with a delay of its own: end it, or leave --iam-delay out");
    }
    return attached ?? startSandbox(root, platform, states, options);
  }, work);
}

/** Nobody else works on the states by then: what a Terraform that was killed left empty is put right. */
async function startSandbox(
  root: string,
  { environment }: PlatformConfig,
  states: string,
  { iamDelay = 0, pace }: SessionOptions,
): Promise<Sandbox> {
  try {
    const sandbox = await Sandbox.start({
      root,
      projectNumbers: { [environment.project]: environment.projectNumber },
      isManaged: (type, id) =>
        managedResources(states).some((resource) => resource.type === type && resource.id === id),
      readSchemasAhead: true,
      iamDelaySeconds: iamDelay,
      ...(pace !== undefined && { pace }),
    });
    for (const stack of restoreStates(states)) {
      console.error(`${stack}: Terraform was killed while it wrote its state; the backup was put in its place`);
    }
    return sandbox;
  } catch (error) {
    throw error instanceof SandboxRunningError
      ? new UserError(`${error.message}; 'mlp sandbox exec -- npx cdktf deploy "*" --auto-approve' deploys to it`)
      : error;
  }
}

/** Opens a session and closes it in any case: this process does not end before that when it is asked to. */
async function withSandbox<T>(
  open: (root: string, platform: PlatformConfig, states: string) => Promise<Sandbox>,
  work: (session: SandboxSession) => Promise<T>,
): Promise<T> {
  const release = holdInterruptions();
  try {
    const root = projectRoot();
    const terraform = await findTerraform(process.env);
    const platform = sandboxPlatform(root);
    const states = sandboxStateFolder(root);
    const sandbox = await open(root, platform, states);
    try {
      const childEnv = () =>
        childEnvironment(sandbox, {
          ...terraformEnvironment(terraform, process.env),
          MLP_ENVIRONMENT: sandboxEnvironment,
        });
      return await work({ root, platform, states, sandbox, terraform, childEnv });
    } finally {
      await sandbox.close();
    }
  } finally {
    release();
  }
}
