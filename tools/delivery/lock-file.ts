import { existsSync } from "node:fs";
import { join } from "node:path";

import { fileSha256 } from "./digest";
import { stackFiles } from "./plan-set";

/** What identifies the project's own lock file of providers; nothing where it keeps none. */
export function projectLock(root: string): { readonly lockSha256?: string } {
  const lockSha256 = fileSha256(join(root, stackFiles.lock));
  return lockSha256 === undefined ? {} : { lockSha256 };
}

/** The project's own lock file of providers, which every stack is planned with; nothing where it keeps none. */
export function projectLockFile(root: string): string | undefined {
  const file = join(root, stackFiles.lock);
  return existsSync(file) ? file : undefined;
}
