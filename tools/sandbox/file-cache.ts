import { statSync } from "node:fs";
import { join } from "node:path";

interface Entry<T> {
  /** Changes with every write and every file that takes the place of another. */
  readonly stamp: string;
  /** Whether a later change is sure to have another stamp. */
  readonly settled: boolean;
  readonly content: T;
}

/** Clocks of file systems tick every few milliseconds: two changes within a tick look like one. */
const tickMs = 50;

/** Files of folders, parsed: each is read again only when it changed, whoever changed it. */
export class FileCache<T> {
  private readonly folders = new Map<string, ReadonlyMap<string, Entry<T>>>();

  /** @param readFile content of a file; `undefined` where it is gone */
  constructor(private readonly readFile: (file: string) => T | undefined) {}

  /** Contents of the named files of a folder, without those that are gone. */
  read(folder: string, names: readonly string[]): T[] {
    const before = this.folders.get(folder);
    const entries = new Map<string, Entry<T>>();
    for (const name of names) {
      const entry = this.entry(join(folder, name), before?.get(name));
      if (entry) {
        entries.set(name, entry);
      }
    }
    this.folders.set(folder, entries);
    return [...entries.values()].map(({ content }) => content);
  }

  /** The file is looked at before it is read: what changes in between is read again the next time. */
  private entry(file: string, before: Entry<T> | undefined): Entry<T> | undefined {
    const status = statSync(file, { throwIfNoEntry: false });
    if (!status) {
      return undefined;
    }
    const { ctimeMs, ino, size } = status;
    const stamp = `${ctimeMs} ${ino} ${size}`;
    if (before?.settled && before.stamp === stamp) {
      return before;
    }
    const settled = Date.now() - ctimeMs > tickMs;
    const content = this.readFile(file);
    return content === undefined ? undefined : { stamp, settled, content };
  }
}
