import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { holdInterruptions } from "../cli/interruption";
import { run } from "../cli/processes";
import { UserError } from "../cli/user-error";

/** Full name of the commit that a branch, tag or other name stands for. Throws a `UserError` where there is none. */
export async function commitNamed(root: string, name: string): Promise<string> {
  const { code, stdout } = await git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`);
  if (code !== 0) {
    throw new UserError(
      `'${name}' is no commit of this repository: name a branch, a tag or a commit, and fetch it first where the clone is shallow ('git fetch --depth=1 origin COMMIT')`,
    );
  }
  return stdout.trim();
}

/**
 * Works with the project as it is in a commit, in a folder of its own that is gone afterwards, also when this process is asked to
 * end. Packages are those of the current checkout where both lock the same ones.
 */
export async function withWorktree<T>(
  root: string,
  commit: string,
  onProgress: (text: string) => void,
  work: (root: string) => Promise<T>,
): Promise<T> {
  const release = holdInterruptions();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mlp-worktree-")));
  const tree = join(folder, "tree");
  try {
    const added = await git(root, "worktree", "add", "--detach", "--quiet", tree, commit);
    if (added.code !== 0) {
      throw new UserError(`git could not check out ${commit}: ${added.stderr.trim()}`);
    }
    const { stdout: prefix } = await git(root, "rev-parse", "--show-prefix");
    const project = join(tree, prefix.trim());
    if (!existsSync(join(project, "cdktf.json"))) {
      throw new UserError(`${commit} has no ${prefix.trim()}cdktf.json: the project is younger than that commit`);
    }
    await providePackages(root, project, commit, onProgress);
    return await work(project);
  } finally {
    removeWorktree(root, tree);
    rmSync(folder, { recursive: true, force: true });
    release();
  }
}

/** Not run as other commands are: once this process was asked to end, it starts none of those. */
function removeWorktree(root: string, tree: string): void {
  if (existsSync(tree)) {
    spawnSync("git", ["worktree", "remove", "--force", tree], { cwd: root, stdio: "ignore" });
  }
}

async function providePackages(
  root: string,
  project: string,
  commit: string,
  onProgress: (text: string) => void,
): Promise<void> {
  const packages = join(root, "node_modules");
  const lock = lockOf(project);
  if (existsSync(packages) && lock === lockOf(root)) {
    symlinkSync(packages, join(project, "node_modules"));
  }
  if (lock === undefined || existsSync(join(project, "node_modules"))) {
    return;
  }
  onProgress(`${commit.slice(0, 12)} has other packages: npm ci ...`);
  const { code, stdout, stderr } = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: project,
    env: process.env,
  });
  if (code !== 0) {
    throw new UserError(
      `the packages of ${commit} could not be installed, so that nothing can be compared with it: 'mlp plan' without --only plans every stack\n${(stderr || stdout).trim()}`,
    );
  }
}

function lockOf(project: string): string | undefined {
  const file = join(project, "package-lock.json");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function git(root: string, ...args: string[]) {
  return run("git", args, { cwd: root, env: process.env });
}
