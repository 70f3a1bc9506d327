import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Report } from "../problem";

/** The text of a file, or `undefined` once what is wrong with it was reported. */
export function readText(root: string, file: string, report: Report): string | undefined {
  const place = { file, line: 1, column: 1, path: "" };
  try {
    return decode(readFileSync(join(root, file)), (line, column) =>
      report({ ...place, line, column }, "is not UTF-8 text: save the file in UTF-8"),
    );
  } catch (error) {
    report(place, `cannot be read: ${reason(error)}`);
    return undefined;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission is missing",
  EISDIR: "it is a folder",
  ELOOP: "its symbolic links go round in a circle",
  ENOENT: "it does not exist",
  ENOTDIR: "a part of its path is not a folder",
};

/** Why the file system refused, in words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ""] ?? message;
}

function decode(bytes: Buffer, invalid: (line: number, column: number) => void): string | undefined {
  try {
    return strictly(bytes);
  } catch {
    let start = 0;
    for (let line = 1; start < bytes.length; line++) {
      const end = bytes.indexOf("\n", start);
      const rest = bytes.subarray(start, end === -1 ? undefined : end);
      try {
        strictly(rest);
      } catch {
        invalid(line, new TextDecoder().decode(rest).indexOf("\uFFFD") + 1);
        return undefined;
      }
      start += rest.length + 1;
    }
    return undefined;
  }
}

function strictly(bytes: Buffer): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
