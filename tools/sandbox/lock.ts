import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How to reach a running sandbox. */
export interface LockContent {
  /** Process that serves. */
  readonly pid: number;
  /** Folder of the sockets. */
  readonly sockets: string;
  /** Where its APIs answer, such as `http://127.0.0.1:40000`; absent where it has none. */
  readonly apis?: string;
}

/** Says which process holds the state of a project folder: `.sandbox/lock`. */
export class Lock {
  private readonly file: string;

  constructor(root: string) {
    this.file = join(root, ".sandbox", "lock");
  }

  /** Who holds it; `undefined` where nobody does. */
  read(): LockContent | undefined {
    return readContent(this.file);
  }

  /** Takes the lock; `false` where someone has it. */
  take(content: LockContent): boolean {
    mkdirSync(dirname(this.file), { recursive: true });
    const temporary = `${this.file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(content), { mode: 0o600 });
    try {
      linkSync(temporary, this.file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") {
        return false;
      }
      throw error;
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  /** Removes a lock that cannot be read: one is written whole or not at all, so that nobody holds it. */
  removeDamaged(): void {
    if (existsSync(this.file) && !this.read()) {
      this.release();
    }
  }

  /** Gives up the lock of `content`; the lock of anyone else stays. */
  release(content?: LockContent): void {
    const aside = `${this.file}.${process.pid}.released`;
    try {
      renameSync(this.file, aside);
    } catch {
      return;
    }
    const found = readContent(aside);
    if (found && found.sockets !== content?.sockets) {
      this.take(found);
    }
    rmSync(aside, { force: true });
  }
}

function readContent(file: string): LockContent | undefined {
  try {
    const content = JSON.parse(readFileSync(file, "utf8")) as Partial<LockContent> | null;
    return typeof content?.pid === "number" && typeof content.sockets === "string"
      ? { pid: content.pid, sockets: content.sockets, ...(typeof content.apis === "string" && { apis: content.apis }) }
      : undefined;
  } catch {
    return undefined;
  }
}
