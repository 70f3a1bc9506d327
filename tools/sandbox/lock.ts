import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How to reach a running sandbox. */
export interface LockContent {
  /** Process that serves. */
  readonly pid: number;
  /** Folder of the sockets. */
  readonly sockets: string;
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

  /** Gives up the lock of `content`; the lock of anyone else stays. */
  release(content: LockContent): void {
    const aside = `${this.file}.${process.pid}.released`;
    try {
      renameSync(this.file, aside);
    } catch {
      return;
    }
    const found = readContent(aside);
    if (found && found.pid !== content.pid) {
      this.take(found);
    }
    rmSync(aside, { force: true });
  }
}

function readContent(file: string): LockContent | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LockContent;
  } catch {
    return undefined;
  }
}
