import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Range } from "yaml";

import type { Place, Report } from "../problem";
import { describe } from "../text";
import { type Entry, joinPath, type Node, type Path, type Scalar } from "./node";

/** Deeper than any configuration or pipeline specification; keeps a hostile file from exhausting the stack. */
export const deepestNesting = 100;

/** Higher than `deepestNesting`, since brackets inside text are counted too. */
export const deepestFlow = 500;

/**
 * The content of a YAML file, or `undefined` once what is wrong with it was reported.
 *
 * Aliases are refused: what a reader sees at a place is what holds there, and nothing can be blown up by them. Keys must be
 * text.
 */
export function parseYaml(file: string, content: string, report: Report): Node | undefined {
  const lines = new LineCounter();
  const at = (offset: number, path: string): Place => {
    const { line, col } = lines.linePos(offset);
    // The counter answers line 0 for an empty file.
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), path };
  };
  let broken = false;
  const fail = (place: Place, message: string): void => {
    broken = true;
    report(place, message);
  };

  if (flowDepth(content) > deepestFlow) {
    fail(at(0, ""), tooDeep);
    return undefined;
  }
  // Keys are compared here, in one pass: the parser's own check is quadratic.
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const faults = [...document.errors, ...document.warnings];
  const exhausted = faults.find(({ code }) => code === "RESOURCE_EXHAUSTION");
  if (exhausted) {
    fail(at(exhausted.pos[0], ""), tooDeep);
    return undefined;
  }
  for (const { message, pos, code } of faults) {
    fail(
      at(pos[0], ""),
      code === "MULTIPLE_DOCS"
        ? "must hold one YAML document, got several: remove what follows '---'"
        : `is not valid YAML: ${message}`,
    );
  }
  if (broken) {
    return undefined;
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    fail(at(0, ""), "is empty: it must hold a mapping");
    return undefined;
  }

  const convert = (value: unknown, parent: Place, keys: Path): Node => {
    const path = joinPath("", ...keys);
    const place = at((value as { range?: Range } | null)?.range?.[0] ?? -1, path);
    const here = (value as { range?: Range } | null)?.range ? place : { ...parent, path };
    const nothing: Node = { kind: "scalar", place: here, value: null, source: "" };
    if (keys.length > deepestNesting) {
      fail(here, tooDeep);
      return nothing;
    }
    if (isAlias(value)) {
      fail(here, `must not be an alias, got '*${value.source}': write the value itself`);
      return nothing;
    }
    if (isSeq(value)) {
      return {
        kind: "list",
        place: here,
        items: value.items.map((item, index) => convert(item, here, [...keys, index])),
      };
    }
    if (isMap(value)) {
      const entries = new Map<string, Entry>();
      for (const { key, value: content } of value.items) {
        const keyPlace = at((key as { range?: Range } | null)?.range?.[0] ?? 0, path);
        const name = isScalar(key) ? key.value : key;
        if (typeof name !== "string") {
          const got = isScalar(key) ? describe(key.value as Scalar, key.source) : "a list, a mapping or an alias";
          fail(keyPlace, `keys must be text, got ${got}: ${isScalar(key) ? "put it in quotes" : "write a word"}`);
          continue;
        }
        const named = { ...keyPlace, path: joinPath(path, name) };
        const earlier = entries.get(name);
        if (name === "__proto__") {
          fail(named, "must not be used as a key");
        } else if (earlier) {
          fail(named, `is there twice: remove this or the one in line ${earlier.key.line}`);
        } else {
          entries.set(name, { key: named, value: convert(content, named, [...keys, name]) });
        }
      }
      return { kind: "mapping", place: keys.length === 0 ? at(0, "") : here, entries };
    }
    if (isScalar(value)) {
      if (typeof value.value === "object" && value.value !== null) {
        fail(here, `must be plain YAML, got the tag '${value.tag}': remove it`);
        return nothing;
      }
      const scalar = value.value as Scalar;
      return { kind: "scalar", place: here, value: scalar, source: value.source ?? String(scalar) };
    }
    return nothing;
  };
  const node = convert(document.contents, at(0, ""), []);
  return broken ? undefined : node;
}

export const tooDeep = `is nested too deeply: at most ${deepestNesting} levels are read`;

/** Brackets open at once, wherever they stand. The parser recurses over them and ends the process when there are thousands. */
export function flowDepth(content: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of content.matchAll(/[[\]{}]/g)) {
    depth = bracket === "[" || bracket === "{" ? depth + 1 : Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
