import { failure } from "../errors";
import { mapOf } from "../values";
import { define, type Given, type Library } from "./library";

/** What JavaScript knows and RE2, the service's engine, does not. */
const beyondRe2 = /\(\?(?:=|!|<=|<!)|\\[1-9]|\\k</;

/** cloud.google.com/workflows/docs/reference/stdlib/text; positions count characters */
export const text: Library = {
  "text.decode": define("data charset?", (given) => {
    utf8Only(given.text(1, "UTF-8"));
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(given.bytes(0));
    } catch (error) {
      throw error instanceof TypeError ? failure("ValueError", "the bytes are not UTF-8") : error;
    }
  }),
  "text.encode": define("data charset?", (given) => {
    utf8Only(given.text(1, "UTF-8"));
    return new TextEncoder().encode(given.text(0));
  }),
  "text.find_all": define("source substr", (given) => {
    const [source, part] = [given.text(0), nonEmpty(given.text(1))];
    const found: bigint[] = [];
    for (let at = source.indexOf(part); at >= 0; at = source.indexOf(part, at + part.length)) {
      found.push(characters(source, at));
    }
    return found;
  }),
  "text.find_all_regex": define("source regexp", (given) => {
    const source = given.text(0);
    return [...source.matchAll(pattern(given, 1))].map((match) =>
      mapOf({ index: characters(source, match.index), match: match[0] }),
    );
  }),
  "text.match_regex": define("source regexp", (given) => pattern(given, 1).test(given.text(0))),
  "text.replace_all": define("source substr repl", (given) =>
    given.text(0).replaceAll(nonEmpty(given.text(1)), () => given.text(2)),
  ),
  "text.replace_all_regex": define("source regexp repl", (given) => {
    const replacement = given.text(2);
    return given
      .text(0)
      .replaceAll(pattern(given, 1), (...match: (string | undefined)[]) =>
        replacement.replaceAll(/\\(\d)/g, (_, group: string) => match[Number(group)] ?? ""),
      );
  }),
  "text.split": define("source separator", (given) => given.text(0).split(nonEmpty(given.text(1)))),
  "text.substring": define("source start end", (given) => {
    const source = [...given.text(0)];
    const [start, end] = [Number(given.integer(1)), Number(given.integer(2))];
    if (start < 0 || end > source.length || start > end) {
      throw failure("IndexError", `${start} to ${end} is no part of a string of ${source.length} characters`);
    }
    return source.slice(start, end).join("");
  }),
  "text.to_lower": define("source", (given) => given.text(0).toLowerCase()),
  "text.to_upper": define("source", (given) => given.text(0).toUpperCase()),
  "text.url_decode": define("source", (given) => {
    try {
      return decodeURIComponent(given.text(0));
    } catch (error) {
      throw error instanceof URIError ? failure("ValueError", "the string is not URL-encoded") : error;
    }
  }),
  "text.url_encode": define("source", (given) => percentEncode(given.text(0))),
  "text.url_encode_plus": define("source", (given) => percentEncode(given.text(0)).replaceAll("%20", "+")),
};

/** Everything but letters, digits, `-`, `.`, `_` and `~`. */
export function percentEncode(value: string): string {
  return encodeURIComponent(value).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function characters(source: string, units: number): bigint {
  return BigInt([...source.slice(0, units)].length);
}

function nonEmpty(part: string): string {
  if (part === "") {
    throw failure("ValueError", "the string to look for is empty");
  }
  return part;
}

function utf8Only(charset: string): void {
  if (!/^utf-?8$/i.test(charset)) {
    throw failure("ValueError", `charset '${charset}' is not known here: UTF-8 is`);
  }
}

function pattern(given: Given, index: number): RegExp {
  const source = given.text(index);
  const [, flags = "", rest = source] = /^\(\?([ims]+)\)([^]*)$/.exec(source) ?? [];
  if (beyondRe2.test(rest)) {
    throw failure(
      "ValueError",
      `'${source}' is no regular expression of RE2: it has no lookaround and no backreferences`,
    );
  }
  try {
    return new RegExp(rest, `gu${flags}`);
  } catch (error) {
    throw error instanceof SyntaxError ? failure("ValueError", `'${source}' is no regular expression`) : error;
  }
}
