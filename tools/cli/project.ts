import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { UserError } from "./user-error";

/** Folder of the project: the nearest one upwards from `start` that holds a `cdktf.json`. */
export function projectRoot(start: string = process.cwd()): string {
  const root = findProjectRoot(start);
  if (root === undefined) {
    throw new UserError(`no cdktf.json in ${start} or above: run mlp inside of the project`);
  }
  return root;
}

/** Like `projectRoot`; nothing where there is none. */
export function findProjectRoot(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "cdktf.json"))) {
      return folder;
    }
    if (folder === dirname(folder)) {
      return undefined;
    }
  }
}

/** How `cdktf.json` has the stacks synthesised. */
export interface AppSettings {
  /** Command that does it. */
  readonly app: string;
  /** What constructs may ask for by key. */
  readonly context?: Readonly<Record<string, unknown>>;
}

export function appSettings(root: string): AppSettings {
  return JSON.parse(readFileSync(join(root, "cdktf.json"), "utf8")) as AppSettings;
}
