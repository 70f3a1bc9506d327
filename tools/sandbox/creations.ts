import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { canonical, type ValueObject } from "./values/value";

/** Whether a Terraform state holds a resource. */
export type IsManaged = (type: string, id: string) => boolean;

interface Creation {
  /** Digest of what was asked for. */
  readonly request: string;
  /** Who asked, while it is connected. */
  readonly client?: object;
}

/**
 * Creations that Terraform has not shown in a state yet. Where Terraform or the sandbox is killed between a creation and the
 * state file, nobody knows the resource but the cloud; the same request, made again, is then answered as the first one was.
 */
export class Creations {
  private readonly folder: string;
  private readonly pending = new Map<string, Creation>();

  /**
   * @param root project folder, the one that holds `.sandbox/`
   * @param isManaged asked before a request counts as made again: what a state holds was not lost
   */
  constructor(
    root: string,
    private readonly isManaged: IsManaged = () => false,
  ) {
    this.folder = join(root, ".sandbox", "creations");
    for (const key of filesIn(this.folder)) {
      this.pending.set(key, { request: readFileSync(join(this.folder, key), "utf8") });
    }
  }

  /** Notes a creation, before it is made. */
  begin(type: string, id: string, args: ValueObject, client: object): void {
    const request = digest(canonical(args));
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, keyOf(type, id)), request);
    this.pending.set(keyOf(type, id), { request, client });
  }

  /** Whether a client that is gone asked for just this, and no state holds what came of it. */
  isRepeated(type: string, id: string, args: ValueObject): boolean {
    const creation = this.pending.get(keyOf(type, id));
    return (
      creation !== undefined &&
      creation.client === undefined &&
      creation.request === digest(canonical(args)) &&
      !this.isManaged(type, id)
    );
  }

  /** Terraform has the resource in a state. */
  confirm(type: string, id: string): void {
    if (this.pending.delete(keyOf(type, id))) {
      rmSync(join(this.folder, keyOf(type, id)), { force: true });
    }
  }

  /** A client is gone, in whatever way. */
  leave(client: object): void {
    for (const [key, creation] of this.pending) {
      if (creation.client === client) {
        this.pending.set(key, { request: creation.request });
      }
    }
  }

  forget(): void {
    this.pending.clear();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Name of the file in `.sandbox/creations/` that notes a creation. */
export function keyOf(type: string, id: string): string {
  return digest(`${type} ${id}`);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return [];
    }
    throw error;
  }
}
