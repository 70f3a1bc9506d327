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

/** The command in `cdktf.json` that synthesises the stacks. */
export function appCommand(root: string): string {
  const { app } = JSON.parse(readFileSync(join(root, "cdktf.json"), "utf8")) as { app: string };
  return app;
}
