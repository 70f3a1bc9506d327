import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { fileName } from "../file-name";

/** What services keep at run time: JSON values by kind and name. A value that was read or written is never changed in place. */
export interface Store {
  get<T>(kind: string, name: string): T | undefined;
  /** Values whose name starts with `prefix`, by name. */
  list<T>(kind: string, prefix?: string): [name: string, value: T][];
  put(kind: string, name: string, value: unknown): void;
  delete(kind: string, name: string): void;
}

export class MemoryStore implements Store {
  private readonly kinds = new Map<string, Map<string, unknown>>();

  /** @param load what was kept of a kind before */
  constructor(private readonly load: (kind: string) => Map<string, unknown> = () => new Map<string, unknown>()) {}

  get<T>(kind: string, name: string): T | undefined {
    return this.of(kind).get(name) as T | undefined;
  }

  list<T>(kind: string, prefix = ""): [string, T][] {
    const found = [...this.of(kind)].filter(([name]) => name.startsWith(prefix));
    return found.sort(([a], [b]) => (a < b ? -1 : 1)) as [string, T][];
  }

  put(kind: string, name: string, value: unknown): void {
    this.of(kind).set(name, value);
  }

  delete(kind: string, name: string): void {
    this.of(kind).delete(name);
  }

  clear(): void {
    this.kinds.clear();
  }

  private of(kind: string): Map<string, unknown> {
    let values = this.kinds.get(kind);
    if (!values) {
      values = this.load(kind);
      this.kinds.set(kind, values);
    }
    return values;
  }
}

/**
 * Keeps values under `.sandbox/runtime/`, one file for each, written whole or not at all. Only the process that holds the
 * sandbox's lock may use it: it reads each kind once.
 */
export class FileStore extends MemoryStore {
  private readonly folder: string;

  /** @param root project folder, the one that holds `.sandbox/` */
  constructor(root: string) {
    const folder = join(root, ".sandbox", "runtime");
    super((kind) => new Map(filesIn(join(folder, kind)).map((file) => readEntry(join(folder, kind, file)))));
    this.folder = folder;
  }

  override put(kind: string, name: string, value: unknown): void {
    const file = this.file(kind, name);
    mkdirSync(join(this.folder, kind), { recursive: true });
    writeFileSync(`${file}.tmp`, JSON.stringify({ name, value }), { mode: 0o600 });
    renameSync(`${file}.tmp`, file);
    super.put(kind, name, value);
  }

  override delete(kind: string, name: string): void {
    rmSync(this.file(kind, name), { force: true });
    super.delete(kind, name);
  }

  /** Forgets everything. */
  override clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
    super.clear();
  }

  private file(kind: string, name: string): string {
    return join(this.folder, kind, `${fileName(name)}.json`);
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return [];
    }
    throw error;
  }
}

function readEntry(file: string): [string, unknown] {
  const content = readFileSync(file, "utf8");
  try {
    const { name, value } = JSON.parse(content) as { name: string; value: unknown };
    return [name, value];
  } catch {
    throw new Error(
      `${file} must hold JSON of the sandbox, got ${JSON.stringify(content.slice(0, 40))}; ` +
        "delete the file to make the sandbox forget what it held",
    );
  }
}
