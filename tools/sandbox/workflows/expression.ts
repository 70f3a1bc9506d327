import { ExpressionError, type Token, tokenize } from "./tokens";
import type { Value } from "./values";

export type BinaryOperator =
  "+" | "-" | "*" | "/" | "//" | "%" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "and" | "or";

export type Expression = { readonly offset: number } & (
  | { readonly kind: "literal"; readonly value: Value }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "unary"; readonly operator: "not" | "-"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "member"; readonly object: Expression; readonly name: string }
  | { readonly kind: "index"; readonly object: Expression; readonly index: Expression }
  | { readonly kind: "call"; readonly name: string; readonly parameters: readonly Expression[] }
);

/**
 * How strongly operators bind, as cloud.google.com/workflows/docs/reference/syntax/datatypes orders them. `not` binds more
 * strongly than a comparison; comparisons, equality and `in` are equals.
 */
const strengths = new Map<string, number>([
  ["or", 1],
  ["and", 2],
  ...["==", "!=", "<", "<=", ">", ">=", "in"].map((operator): [string, number] => [operator, 3]),
  ["+", 4],
  ["-", 4],
  ...["*", "/", "//", "%"].map((operator): [string, number] => [operator, 5]),
]);
const comparison = 3;
const unary = 6;

/** Expressions deeper than this are not what anybody writes; a hostile one must not exhaust the stack. */
const deepest = 100;

/** The expression between `${` and `}`. Throws an `ExpressionError`. */
export function parseExpression(source: string): Expression {
  return new Parser(tokenize(source)).whole();
}

/** A Pratt parser: an operand, then operators as long as they bind more strongly than what is on the left. */
class Parser {
  private position = 0;
  private depth = 0;
  /** What stands in parentheses of its own. */
  private readonly grouped = new WeakSet<Expression>();

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = this.expression(0);
    if (this.token.kind !== "end") {
      throw this.unexpected("an operator or the end");
    }
    return expression;
  }

  private get token(): Token {
    return this.tokens[this.position]!;
  }

  private expression(weakest: number): Expression {
    if (++this.depth > deepest) {
      throw new ExpressionError(
        `the expression is nested too deeply: at most ${deepest} levels are read`,
        this.token.offset,
      );
    }
    let left = this.operand();
    for (;;) {
      const { token } = this;
      const operator = token.kind === "symbol" ? token.text : "";
      const strength = strengths.get(operator) ?? 0;
      if (operator === "not") {
        throw new ExpressionError("'not in' is no operator of the language: write 'not (a in b)'", token.offset);
      }
      if (strength <= weakest) {
        break;
      }
      this.refuseUnclear(left, strength, token);
      this.position += 1;
      const right = this.expression(strength);
      left = { kind: "binary", offset: token.offset, operator: operator as BinaryOperator, left, right };
    }
    this.depth -= 1;
    return left;
  }

  /** What Google reads in another way than most would. */
  private refuseUnclear(left: Expression, strength: number, token: Token): void {
    if (strength !== comparison || this.grouped.has(left)) {
      return;
    }
    if (left.kind === "unary" && left.operator === "not") {
      throw new ExpressionError(
        "'not' binds more strongly than a comparison: write 'not (a == b)' or '(not a) == b'",
        left.offset,
      );
    }
    if (left.kind === "binary" && strengths.get(left.operator) === comparison) {
      throw new ExpressionError("comparisons cannot be chained: join them with 'and'", token.offset);
    }
  }

  private operand(): Expression {
    const { token } = this;
    this.position += 1;
    if (token.kind === "literal") {
      return this.accesses({ kind: "literal", offset: token.offset, value: token.value });
    }
    if (token.kind === "name") {
      return this.accesses({ kind: "variable", offset: token.offset, name: token.text });
    }
    switch (token.text) {
      case "not":
        return { kind: "unary", offset: token.offset, operator: "not", operand: this.expression(unary) };
      case "-":
        return { kind: "unary", offset: token.offset, operator: "-", operand: this.expression(unary) };
      case "(": {
        const inner = this.expression(0);
        this.take(")");
        this.grouped.add(inner);
        return this.accesses(inner);
      }
      case "[":
        return this.accesses({ kind: "list", offset: token.offset, items: this.listUntil("]") });
      default:
        this.position -= 1;
        throw this.unexpected("a value");
    }
  }

  /** `.name`, `[index]` and `(parameters)` behind an operand. */
  private accesses(operand: Expression): Expression {
    let object = operand;
    for (;;) {
      const { token } = this;
      if (token.kind !== "symbol" || ![".", "[", "("].includes(token.text)) {
        return object;
      }
      this.position += 1;
      if (token.text === ".") {
        const name = this.token;
        if (name.kind !== "name") {
          throw this.unexpected("a name");
        }
        this.position += 1;
        object = { kind: "member", offset: token.offset, object, name: name.text };
      } else if (token.text === "[") {
        object = { kind: "index", offset: token.offset, object, index: this.expression(0) };
        this.take("]");
      } else {
        const name = dottedName(object);
        if (name === undefined) {
          throw new ExpressionError("only functions can be called, by their name", token.offset);
        }
        object = { kind: "call", offset: object.offset, name, parameters: this.listUntil(")") };
      }
    }
  }

  private listUntil(end: string): Expression[] {
    const items: Expression[] = [];
    while (!(this.token.kind === "symbol" && this.token.text === end)) {
      if (items.length > 0) {
        this.take(",");
      }
      items.push(this.expression(0));
    }
    this.take(end);
    return items;
  }

  private take(symbol: string): void {
    if (this.token.kind !== "symbol" || this.token.text !== symbol) {
      throw this.unexpected(`'${symbol}'`);
    }
    this.position += 1;
  }

  private unexpected(wanted: string): ExpressionError {
    const { token } = this;
    const got = token.kind === "literal" ? "a value" : token.kind === "end" ? token.text : `'${token.text}'`;
    return new ExpressionError(`${wanted} must stand here, got ${got}`, token.offset);
  }
}

/** `http.get` of the member `get` of `http`; `undefined` for other expressions. */
export function dottedName(expression: Expression): string | undefined {
  if (expression.kind === "variable") {
    return expression.name;
  }
  const object = expression.kind === "member" ? dottedName(expression.object) : undefined;
  return object === undefined ? undefined : `${object}.${(expression as { name: string }).name}`;
}
