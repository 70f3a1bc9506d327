import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { LineCounter } from "yaml";

import type { Place, Report } from "../problem";
import { type Entry, joinPath, type Node, type Path, type Scalar } from "./node";
import { deepestFlow, deepestNesting, flowDepth, tooDeep } from "./yaml";

/** The content of a JSON file, or `undefined` once what is wrong with it was reported. */
export function parseJson(file: string, content: string, report: Report): Node | undefined {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of content.matchAll(/\n/g)) {
    lines.addNewLine(index + 1);
  }
  const at = (offset: number, path: Path = []): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, path: joinPath("", ...path) };
  };
  let broken = false;
  const fail = (place: Place, message: string): void => {
    broken = true;
    report(place, message);
  };

  if (flowDepth(content) > deepestFlow) {
    fail(at(0), tooDeep);
    return undefined;
  }
  const faults: ParseError[] = [];
  const tree = parseTree(content, faults, { disallowComments: true, allowTrailingComma: false });
  const [fault] = faults;
  if (fault) {
    // The parser goes on after a fault and finds faults that follow from it: only the first is the user's.
    fail(
      at(fault.offset),
      `is not valid JSON: ${words(printParseErrorCode(fault.error))}, got ${found(content, fault)}`,
    );
    return undefined;
  }

  const convert = (json: JsonNode, path: Path): Node => {
    const place = at(json.offset, path);
    if (path.length > deepestNesting) {
      fail(place, tooDeep);
      return { kind: "scalar", place, value: null, source: "" };
    }
    switch (json.type) {
      case "object":
        return { kind: "mapping", place, entries: members(json, path) };
      case "array":
        return {
          kind: "list",
          place,
          items: (json.children ?? []).map((item, index) => convert(item, [...path, index])),
        };
      default: {
        const source = content.slice(json.offset, json.offset + json.length);
        const value = json.value as Scalar;
        return { kind: "scalar", place, value, source: typeof value === "string" ? value : source };
      }
    }
  };
  const members = (json: JsonNode, path: Path): Map<string, Entry> => {
    const entries = new Map<string, Entry>();
    for (const { children: [name, value] = [] } of json.children ?? []) {
      const key = at(name!.offset, [...path, name!.value as string]);
      const earlier = entries.get(name!.value as string);
      if (name!.value === "__proto__") {
        fail(key, "must not be used as a key");
      } else if (earlier) {
        fail(key, `is there twice: remove this or the one in line ${earlier.key.line}`);
      } else {
        entries.set(name!.value as string, { key, value: convert(value!, [...path, name!.value as string]) });
      }
    }
    return entries;
  };
  const node = convert(tree!, []);
  return broken ? undefined : node;
}

/** `CommaExpected` as `comma expected`. */
function words(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

function found(content: string, { offset, length }: ParseError): string {
  const text = content.slice(offset, offset + Math.max(length, 1)).split("\n")[0]!;
  return text === "" ? "the end of the file" : `'${text.slice(0, 30)}'`;
}
