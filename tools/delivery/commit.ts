import { run } from "../cli/processes";

/** What git knows of a folder. */
export interface Commit {
  /** Full name of the commit that is checked out; null outside of git. */
  readonly commit: string | null;
  /** Whether no file that git knows or would take has changed since. */
  readonly clean: boolean;
}

export async function commitOf(root: string): Promise<Commit> {
  const git = (...args: string[]) => run("git", args, { cwd: root, env: process.env });
  const head = await git("rev-parse", "--verify", "HEAD");
  if (head.code !== 0) {
    return { commit: null, clean: false };
  }
  const status = await git("status", "--porcelain");
  return { commit: head.stdout.trim(), clean: status.code === 0 && status.stdout === "" };
}
