import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import type { Place, Report } from "../problem";

/** The text of a file, or `undefined` once what is wrong with it was reported. */
export function readText(root: string, file: string, report: Report): string | undefined {
  const place = { file, line: 1, column: 1, path: "" };
  const path = join(root, file);
  try {
    const stats = statSync(path);
    if (!stats.isFile() && !stats.isDirectory()) {
      // Reading a pipe or a device may never end.
      report(place, "cannot be read: it is not a file");
      return undefined;
    }
    const content = decode(readFileSync(path), (line, column) =>
      report({ ...place, line, column }, "is not UTF-8 text: save the file in UTF-8"),
    );
    return content === undefined || isPrintable(content, place, report) ? content : undefined;
  } catch (error) {
    report(place, `cannot be read: ${reason(error)}`);
    return undefined;
  }
}

/** Neither YAML nor JSON may hold control characters besides tabs and ends of lines; reports the first one there is. */
function isPrintable(content: string, place: Place, report: Report): boolean {
  const index = content.search(/[\0-\x08\v\f\x0e-\x1f\x7f]/);
  if (index === -1) {
    return true;
  }
  const before = content.slice(0, index).split(/\r\n|\n|\r/);
  const code = content.charCodeAt(index).toString(16).toUpperCase().padStart(4, "0");
  report(
    { ...place, line: before.length, column: before.at(-1)!.length + 1 },
    `holds the control character U+${code}: remove it`,
  );
  return false;
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
