import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { extname, isAbsolute, join, posix, sep } from "node:path";

import { didYouMean } from "../nearest";
import { type Problem, Problems } from "../problem";
import type { FileReader, SourceFile } from "../schema/values";
import { describe } from "../text";
import { readText, reason } from "./bytes";
import { parseJson } from "./json";
import { type Node, plain } from "./node";
import { parseYaml } from "./yaml";

type Answer = SourceFile | { readonly problem: string; readonly inside?: readonly Problem[] };

/** The files that one team names, each read once. A team sees its own folder only. */
export class TeamFiles {
  private readonly answers = new Map<string, Answer>();
  private readonly nodes = new Map<string, Node>();

  /** `folder` is the team's, from the project's root. */
  constructor(
    private readonly root: string,
    private readonly folder: string,
  ) {}

  readonly read: FileReader = (path) => {
    const answer = this.answers.get(path) ?? this.open(path);
    this.answers.set(path, answer);
    return answer;
  };

  /** Content of a JSON or YAML file that was read, with its places; by path from the project's root. */
  node(path: string): Node | undefined {
    return this.nodes.get(path);
  }

  private open(path: string): Answer {
    const refusal = this.refuse(path);
    if (refusal !== undefined) {
      return { problem: refusal };
    }
    const file = posix.join(this.folder, path);
    const problems = new Problems();
    const content = readText(this.root, file, problems.report);
    const extension = extname(path);
    const parse = parsers[extension];
    if (content === undefined || parse === undefined) {
      return content === undefined ? { problem: "cannot be read", inside: problems.sorted() } : { path: file, content };
    }
    const node = parse(file, content, problems.report);
    if (node === undefined) {
      return { problem: "cannot be read", inside: problems.sorted() };
    }
    this.nodes.set(file, node);
    return { path: file, content: plain(node) };
  }

  private refuse(path: string): string | undefined {
    const inside = "name a file inside the team's folder, such as schemas/event.avsc";
    const got = describe(path);
    if (isAbsolute(path) || path.includes("\\") || posix.normalize(path).split("/").includes("..")) {
      return `must be a path inside ${this.folder}, got ${got}: ${inside}`;
    }
    const absolute = join(this.root, this.folder, path);
    if (path === "" || path.includes("\0") || !existsSync(absolute)) {
      return `must be a file that exists in ${this.folder}, got ${got}${didYouMean(path, filesBelow(join(this.root, this.folder)))}`;
    }
    try {
      const target = realpathSync(absolute);
      if (!target.startsWith(realpathSync(join(this.root, this.folder)) + sep)) {
        return `must be a path inside ${this.folder}, got ${got}, which leads out of it: ${inside}`;
      }
      const stats = statSync(target);
      const kind = stats.isDirectory() ? "which is a folder" : "which is a device, a pipe or a socket";
      return stats.isFile() ? undefined : `must be a file, got ${got}, ${kind}`;
    } catch (error) {
      return `must be a file that can be read, got ${got}: ${reason(error)}`;
    }
  }
}

/** Paths of the files below a folder. Links are not followed: they may lead back to where they are. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) {
      return filesBelow(join(folder, entry.name)).map((path) => `${entry.name}/${path}`);
    }
    return entry.isFile() ? [entry.name] : [];
  });
}

const parsers: Readonly<Record<string, typeof parseJson>> = {
  ".avsc": parseJson,
  ".json": parseJson,
  ".yaml": parseYaml,
  ".yml": parseYaml,
};
