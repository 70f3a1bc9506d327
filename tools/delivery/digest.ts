import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

export function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** SHA-256 of a file's content; nothing where there is no such file. */
export function fileSha256(file: string): string | undefined {
  return existsSync(file) ? sha256(readFileSync(file)) : undefined;
}
