import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { UserError } from "./user-error";

/** Writes a file that the user asked for, with the folders that it stands in. */
export function writeOutput(file: string, content: string): void {
  makeFolder(dirname(resolve(file)));
  writeFileSync(file, content);
}

/**
 * Makes a folder and those above it, one by one: Node's own way tries for ever where the system says of a new folder that the one
 * above it does not exist, as it does below /proc.
 */
export function makeFolder(folder: string, mode?: number): void {
  const path = resolve(folder);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    return;
  }
  const parent = dirname(path);
  makeFolder(parent, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ENOENT"
      ? new UserError(`cannot write ${path}: no folder can be made in ${parent}: name another place`)
      : error;
  }
}
