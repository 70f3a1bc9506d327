import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

/** The console's own, and what all pages share. */
const folders = [join(__dirname, "page"), join(__dirname, "../../page")];

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface PageFile {
  readonly type: string;
  readonly content: string;
}

/** Files of the page by path, `/` for its start: these and no others are served. */
export function pageFiles(): ReadonlyMap<string, PageFile> {
  return new Map(folders.flatMap(filesIn));
}

function filesIn(folder: string): [string, PageFile][] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => extname(name) in types);
  return names.map((name) => [
    name === "index.html" ? "/" : `/${name.replaceAll("\\", "/")}`,
    { type: types[extname(name)]!, content: readFileSync(join(folder, name), "utf8") },
  ]);
}
