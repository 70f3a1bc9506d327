import { loadPlatform, formatProblem } from "../../config/load";
import type { PlatformConfig } from "../../config/platform";
import { childEnvironment, Sandbox, SandboxRunningError } from "../sandbox/sandbox";
import { projectRoot } from "./project";
import { findTerraform, type Terraform, terraformEnvironment } from "./terraform";
import { sandboxEnvironment } from "./sandbox-environment";
import { sandboxStateFolder } from "./terraform-state";
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
    throw new UserError(loaded.problems.map(formatProblem).join("\n"));
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
}

/** Starts a sandbox of this process's own. Throws a `UserError` where another process runs one on the same state. */
export async function startSession({ iamDelay = 0 }: SessionOptions = {}): Promise<SandboxSession> {
  return openSession(async (root, platform) => {
    try {
      const { project, projectNumber } = platform.environment;
      return await Sandbox.start({ root, projectNumbers: { [project]: projectNumber }, iamDelaySeconds: iamDelay });
    } catch (error) {
      throw error instanceof SandboxRunningError
        ? new UserError(`${error.message}; 'mlp sandbox exec -- npx cdktf deploy "*" --auto-approve' deploys to it`)
        : error;
    }
  });
}

/** Works with the running sandbox, or with one that lives as long as the work. */
export async function withSession<T>(
  work: (session: SandboxSession) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> {
  const attached = await Sandbox.attach(projectRoot());
  if (attached && options.iamDelay !== undefined) {
    throw new UserError("a sandbox runs already, with a delay of its own: end it, or leave --iam-delay out");
  }
  const session = attached ? await openSession(() => Promise.resolve(attached)) : await startSession(options);
  try {
    return await work(session);
  } finally {
    await session.sandbox.close();
  }
}

async function openSession(
  open: (root: string, platform: PlatformConfig) => Promise<Sandbox>,
): Promise<SandboxSession> {
  const root = projectRoot();
  const terraform = await findTerraform(process.env);
  const platform = sandboxPlatform(root);
  const sandbox = await open(root, platform);
  const childEnv = () =>
    childEnvironment(sandbox, {
      ...terraformEnvironment(terraform, process.env),
      MLP_ENVIRONMENT: sandboxEnvironment,
    });
  return { root, platform, states: sandboxStateFolder(root), sandbox, terraform, childEnv };
}
