import { LineCounter } from "yaml";

import type { Place, Report } from "../problem";
import { type Entry, joinPath, type Node, type Path } from "./node";
import { deepestNesting, tooDeep } from "./yaml";

/** The content of a JSON file, or `undefined` once what is wrong with it was reported. */
export function parseJson(file: string, content: string, report: Report): Node | undefined {
  try {
    return new Parser(file, content).document();
  } catch (error) {
    if (error instanceof Fault) {
      report(error.place, error.message);
      return undefined;
    }
    throw error;
  }
}

class Fault extends Error {
  constructor(
    readonly place: Place,
    message: string,
  ) {
    super(message);
  }
}

const blank = /[ \t\r\n]*/y;
const token = /[{}[\],:]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s{}[\],:"]+/y;

/** Reads what `JSON.parse` reads, and keeps the places. */
class Parser {
  private offset = 0;
  /** Where the last token starts. */
  private start = 0;
  private readonly lines = new LineCounter();

  constructor(
    private readonly file: string,
    private readonly content: string,
  ) {
    this.lines.addNewLine(0);
    for (const { index } of content.matchAll(/\n/g)) {
      this.lines.addNewLine(index + 1);
    }
  }

  document(): Node {
    const node = this.value(this.next(), []);
    if (this.next() !== undefined) {
      throw this.fault("must hold one value, got more after it");
    }
    return node;
  }

  private value(word: string | undefined, keys: Path): Node {
    const place = this.place(keys);
    if (keys.length > deepestNesting) {
      throw new Fault(place, tooDeep);
    }
    switch (word) {
      case "{":
        return { kind: "mapping", place, entries: this.members(keys) };
      case "[":
        return { kind: "list", place, items: this.elements(keys) };
      default:
        return { kind: "scalar", place, ...this.scalar(word) };
    }
  }

  private members(keys: Path): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    let word = this.next();
    while (word !== "}" || entries.size > 0) {
      if (!word?.startsWith('"')) {
        throw this.fault(`must have a key in double quotes, got ${show(word)}`);
      }
      const name = this.scalar(word).value as string;
      const path = [...keys, name];
      const key = this.place(path);
      if (name === "__proto__") {
        throw new Fault(key, "must not be used as a key");
      }
      const earlier = entries.get(name);
      if (earlier) {
        throw new Fault(key, `is there twice: remove this or the one in line ${earlier.key.line}`);
      }
      this.expect(":");
      entries.set(name, { key, value: this.value(this.next(), path) });
      if (this.comma("}")) {
        return entries;
      }
      word = this.next();
    }
    return entries;
  }

  private elements(keys: Path): Node[] {
    const items: Node[] = [];
    let word = this.next();
    while (word !== "]" || items.length > 0) {
      items.push(this.value(word, [...keys, items.length]));
      if (this.comma("]")) {
        return items;
      }
      word = this.next();
    }
    return items;
  }

  private scalar(word: string | undefined): { value: string | number | boolean | null; source: string } {
    try {
      if (word !== undefined) {
        const value = JSON.parse(word) as string | number | boolean | null;
        return { value, source: typeof value === "string" ? value : word };
      }
    } catch {
      // Said below, with its place.
    }
    throw this.fault(`must have a value, got ${show(word)}`);
  }

  private expect(expected: string): void {
    const word = this.next();
    if (word !== expected) {
      throw this.fault(`must have '${expected}', got ${show(word)}`);
    }
  }

  /** Reads the comma before another entry, or the end of the list or mapping. */
  private comma(end: string): boolean {
    const word = this.next();
    if (word !== "," && word !== end) {
      throw this.fault(`must have ',' or '${end}', got ${show(word)}`);
    }
    return word === end;
  }

  private next(): string | undefined {
    blank.lastIndex = this.offset;
    blank.test(this.content);
    this.start = token.lastIndex = blank.lastIndex;
    const word = token.exec(this.content)?.[0] ?? this.content.slice(this.start);
    this.offset = this.start + word.length;
    return word === "" ? undefined : word;
  }

  private place(keys: Path): Place {
    const { line, col } = this.lines.linePos(this.start);
    return { file: this.file, line, column: col, path: joinPath("", ...keys) };
  }

  private fault(message: string): Fault {
    return new Fault(this.place([]), `is not valid JSON: ${message}`);
  }
}

function show(word: string | undefined): string {
  return word === undefined ? "the end of the file" : `'${word.split("\n")[0]!.slice(0, 30)}'`;
}
