import type { Value } from "./values";

export type Token = { readonly offset: number; readonly end: number } & (
  | { readonly kind: "literal"; readonly value: Value }
  | { readonly kind: "name" | "symbol" | "end"; readonly text: string }
);

/** What is wrong with an expression, and where in it. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";

  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const pattern =
  /(?<space>\s+)|(?<double>(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)|(?<integer>\d+)|(?<text>"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*')|(?<name>[A-Za-z_]\w*)|(?<symbol>\/\/|==|!=|<=|>=|[-+*/%<>()[\].,])/y;

/** In lower or upper case, not mixed. */
const operators = new Set(["and", "or", "not", "in"].flatMap((operator) => [operator, operator.toUpperCase()]));

const constants = new Map<string, Value>([
  ["true", true],
  ["True", true],
  ["TRUE", true],
  ["false", false],
  ["False", false],
  ["FALSE", false],
  ["null", null],
]);

/** The tokens of an expression, without `${` and `}`. Throws an `ExpressionError`. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < source.length) {
    pattern.lastIndex = offset;
    const match = pattern.exec(source);
    if (!match) {
      throw new ExpressionError(unreadable(source[offset]!), offset);
    }
    const end = pattern.lastIndex;
    const { double, integer, text, name, symbol } = match.groups!;
    const place = { offset, end };
    if (double !== undefined) {
      tokens.push({ ...place, kind: "literal", value: Number(double) });
    } else if (integer !== undefined) {
      tokens.push({ ...place, kind: "literal", value: BigInt(integer) });
    } else if (text !== undefined) {
      tokens.push({ ...place, kind: "literal", value: unescape(text, offset) });
    } else if (name !== undefined && constants.has(name)) {
      tokens.push({ ...place, kind: "literal", value: constants.get(name)! });
    } else if (name !== undefined && operators.has(name)) {
      tokens.push({ ...place, kind: "symbol", text: name.toLowerCase() });
    } else if (name !== undefined || symbol !== undefined) {
      tokens.push({ ...place, kind: name === undefined ? "symbol" : "name", text: (name ?? symbol)! });
    }
    offset = end;
  }
  return [...tokens, { offset, end: offset, kind: "end", text: "the end" }];
}

function unreadable(character: string): string {
  switch (character) {
    case "{":
    case "}":
      return (
        `'${character}' has no meaning in an expression: a value is one expression and nothing else, and maps are written in ` +
        `YAML, not in expressions`
      );
    case '"':
    case "'":
      return `the text that begins here is not closed by ${character}`;
    default:
      return `'${character}' has no meaning in an expression`;
  }
}

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", '"': '"', "'": "'", "\\": "\\" };

function unescape(literal: string, offset: number): string {
  return literal.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|[^])/g, (whole, escape: string, at: number) => {
    if (escape.length === 5) {
      return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    }
    const character = escapes[escape];
    if (character === undefined) {
      throw new ExpressionError(
        `'${whole}' is no escape: allowed are \\n, \\t, \\r, \\", \\', \\\\ and \\u with 4 digits`,
        offset + 1 + at,
      );
    }
    return character;
  });
}
