import { existsSync } from "node:fs";
import { join } from "node:path";

import { stackFiles } from "./plan-set";

/** The project's own lock file of providers, which every stack is planned with; nothing where it keeps none. */
export function projectLockFile(root: string): string | undefined {
  const file = join(root, stackFiles.lock);
  return existsSync(file) ? file : undefined;
}
