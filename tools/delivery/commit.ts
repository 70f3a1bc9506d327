import { relative, resolve } from "node:path";

import { run } from "../cli/processes";

/** What git knows of a folder. */
export interface Commit {
  /** Full name of the commit that is checked out; null outside of git. */
  readonly commit: string | null;
  /** Whether no file that git knows or would take has changed since. */
  readonly clean: boolean;
}

/** @param except folder that does not count, such as that of the plans */
export async function commitOf(root: string, except: string): Promise<Commit> {
  const git = (...args: string[]) => run("git", args, { cwd: root, env: process.env });
  const head = await git("rev-parse", "--verify", "HEAD");
  if (head.code !== 0) {
    return { commit: null, clean: false };
  }
  const path = relative(root, resolve(except));
  const others = path === "" || path.startsWith("..") ? [] : [`:(exclude,literal)${path}`];
  const status = await git("status", "--porcelain", "--", ".", ...others);
  return { commit: head.stdout.trim(), clean: status.code === 0 && status.stdout === "" };
}
