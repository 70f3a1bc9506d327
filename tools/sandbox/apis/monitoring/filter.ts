import { ApiError } from "../error";

/** Labels of a time series as filters name them: `metric.type`, `metric.labels.response_code`, `resource.labels.endpoint_id`. */
export type Fields = Readonly<Record<string, string>>;

export type Filter = (fields: Fields) => boolean;

interface Token {
  readonly kind: "word" | "string" | "symbol";
  readonly text: string;
}

const tokenPattern = /\s*(?:("(?:[^"\\]|\\.)*")|(!=|>=|<=|=~|!~|[=()<>,:-])|([\w./*]+))/y;

/**
 * Reads a filter of Cloud Monitoring: `=`, `!=`, `AND`, `OR`, `NOT`, parentheses, `one_of` and `starts_with`. What else the language
 * has is refused by name. Source: https://cloud.google.com/monitoring/api/v3/filters
 */
export function parseFilter(text: string): Filter {
  const parser = new Parser(tokenise(text), text);
  return parser.parse();
}

class Parser {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly text: string,
  ) {}

  parse(): Filter {
    const filter = this.expression();
    if (this.peek()) {
      throw this.refuse(`'${this.peek()!.text}' does not fit there`);
    }
    return filter;
  }

  /** AND and OR are not mixed without parentheses: which of them goes first is easily misread. */
  private expression(): Filter {
    const parts = [this.term()];
    let joint: string | undefined;
    while (this.peek() && this.peek()!.text !== ")") {
      const word = this.peek()!.text === "OR" ? "OR" : "AND";
      if (this.peek()!.text === word) {
        this.next();
      }
      if (joint !== undefined && joint !== word) {
        throw this.refuse("AND and OR are mixed without parentheses");
      }
      joint = word;
      parts.push(this.term());
    }
    return joint === "OR"
      ? (fields) => parts.some((part) => part(fields))
      : (fields) => parts.every((part) => part(fields));
  }

  private term(): Filter {
    if (this.take("NOT") || this.take("-")) {
      const negated = this.term();
      return (fields) => !negated(fields);
    }
    if (this.take("(")) {
      const inner = this.expression();
      this.expect(")");
      return inner;
    }
    return this.comparison();
  }

  private comparison(): Filter {
    const field = fieldName(this.next("a field").text);
    if (!/^(metric|resource)\.type$|^(metric|resource)\.labels\.\w+$/.test(field)) {
      throw this.refuse(
        `it cannot compare '${field}', only metric.type, metric.labels.*, resource.type and resource.labels.*`,
      );
    }
    const operator = this.next("an operator").text;
    if (operator !== "=" && operator !== "!=") {
      throw this.refuse(`it does not know the operator '${operator}', only = and !=`);
    }
    const matches = this.value();
    return (fields) => matches(fields[field] ?? "") === (operator === "=");
  }

  private value(): (actual: string) => boolean {
    const token = this.next("a value");
    if (token.kind === "word" && this.peek()?.text === "(") {
      const args = this.args();
      switch (token.text) {
        case "one_of":
          return (actual) => args.includes(actual);
        case "starts_with":
          return (actual) => actual.startsWith(args[0] ?? "");
        default:
          throw this.refuse(`it does not know the function '${token.text}', only one_of and starts_with`);
      }
    }
    const wanted = literal(token);
    return (actual) => actual === wanted;
  }

  private args(): string[] {
    const values: string[] = [];
    this.expect("(");
    while (!this.take(")")) {
      values.push(literal(this.next("a value")));
      this.take(",");
    }
    return values;
  }

  private peek(): Token | undefined {
    return this.tokens[this.at];
  }

  private next(what = "more"): Token {
    const token = this.tokens[this.at++];
    if (!token) {
      throw this.refuse(`it ends where ${what} is expected`);
    }
    return token;
  }

  private take(text: string): boolean {
    const found = this.peek()?.text === text && this.peek()!.kind !== "string";
    this.at += found ? 1 : 0;
    return found;
  }

  private expect(text: string): void {
    if (!this.take(text)) {
      throw this.refuse(`'${text}' is missing`);
    }
  }

  private refuse(reason: string): ApiError {
    return refusal(this.text, reason);
  }
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < end) {
    const from = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (!match) {
      throw refusal(text, `it cannot read '${text.slice(from, from + 20).trim()}'`);
    }
    const [, string, symbol, word] = match;
    tokens.push(
      string === undefined
        ? { kind: symbol === undefined ? "word" : "symbol", text: (symbol ?? word)! }
        : { kind: "string", text: string },
    );
  }
  return tokens;
}

function literal({ kind, text }: Token): string {
  return kind === "string" ? text.slice(1, -1).replace(/\\(.)/g, "$1") : text;
}

/** `metric.label.x` and `metric.labels.x` are the same; a key may stand in quotes. */
function fieldName(text: string): string {
  return text.replace(/^(metric|resource)\.label\./, "$1.labels.");
}

function refusal(text: string, reason: string): ApiError {
  return new ApiError(
    "INVALID_ARGUMENT",
    `Field filter had an invalid value of "${text}": the sandbox cannot evaluate it: ${reason}.`,
  );
}
