import { setFlagsFromString } from "node:v8";

import type * as Sdk from "@polyglot-sql/sdk";

import { ReasonError } from "../error";
import { evaluated, keywords, macros, withUnit } from "./functions";
import { type QueryParameter, parameterLiteral } from "./parameters";
import type { TableName } from "./tables";

type Polyglot = Pick<typeof Sdk, "tokenize" | "transpile" | "outputColumns" | "Dialect">;

interface Token {
  readonly token_type: string;
  readonly text: string;
  readonly span: { readonly start: number; readonly end: number; readonly line: number; readonly column: number };
}

/** What a query is run with. */
export interface QueryOptions {
  readonly project: string;
  readonly defaultDataset?: string | undefined;
  readonly parameters: readonly QueryParameter[];
  /** Milliseconds */
  readonly now: number;
  readonly exists: (name: TableName) => boolean;
}

/** A query that the engine can run. */
export interface PreparedQuery {
  readonly kind: "SELECT" | "DML";
  readonly sql: string;
  /** Tables and views that it reads or writes, in the order in which it names them. */
  readonly tables: readonly TableName[];
  /** Names of the columns as BigQuery gives them; `undefined` where that is for the engine to say. */
  readonly columns: readonly string[] | undefined;
}

/**
 * Loads the transpiler, without optimised machine code: that takes 4 s of processor time and 230 MB, for queries of a millisecond.
 */
async function loadPolyglot(): Promise<Polyglot> {
  setFlagsFromString("--wasm-tiering-budget=2000000000");
  const polyglot = await import("@polyglot-sql/sdk");
  await polyglot.init();
  return polyglot;
}

/** Brings GoogleSQL into the engine's dialect. Throws where it has what the sandbox does not evaluate. */
export async function prepare(text: string, options: QueryOptions): Promise<PreparedQuery> {
  const polyglot = await loadPolyglot();
  const { tokens = [], error } = polyglot.tokenize(text, polyglot.Dialect.BigQuery) as unknown as {
    tokens?: Token[];
    error?: string;
  };
  if (error) {
    throw invalid(`Syntax error: ${error}`);
  }
  const significant = trimEnd(tokens);
  const kind = statementKind(significant);
  const tables: TableName[] = [];
  const rewritten = rewrite(text, significant, options, tables);
  const result = polyglot.transpile(rewritten, polyglot.Dialect.BigQuery, polyglot.Dialect.DuckDB);
  if (!result.success || result.sql?.length !== 1) {
    throw invalid(`Syntax error: ${result.error ?? "the sandbox runs one statement at a time"}`);
  }
  return {
    kind,
    sql: result.sql[0]!,
    tables,
    columns: kind === "SELECT" ? columnNames(polyglot, rewritten) : undefined,
  };
}

function statementKind(tokens: readonly Token[]): "SELECT" | "DML" {
  const first = tokens[0]?.text.toUpperCase() ?? "";
  if (["SELECT", "WITH", "("].includes(first)) {
    return "SELECT";
  }
  if (["INSERT", "UPDATE", "DELETE", "MERGE"].includes(first)) {
    return "DML";
  }
  throw invalid(`The sandbox runs SELECT, INSERT, UPDATE, DELETE and MERGE, got '${first}'`);
}

/** Replaces, token by token, what only this query's surroundings know: parameters, tables, the time, functions. */
function rewrite(text: string, tokens: readonly Token[], options: QueryOptions, tables: TableName[]): string {
  const characters = [...text];
  let output = "";
  let from = 0;
  const emit = (start: number, end: number, replacement: string): void => {
    output += characters.slice(from, start).join("") + replacement;
    from = end;
  };
  let positional = 0;
  const units = new Set<number>();
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const { start, end } = token.span;
    const isCall = tokens[at + 1]?.token_type === "L_PAREN" && /^\w+$/.test(token.text);
    const upper = token.text.toUpperCase();
    const parameter = /^@(\w+)$/.exec(token.text)?.[1];
    const path = pathAt(tokens, at);
    const name = path && resolve(path.parts, options);
    if (units.has(at)) {
      emit(start, end, `'${token.text}'`);
    } else if (parameter !== undefined && token.token_type !== "STRING") {
      emit(start, end, parameterLiteral(options.parameters, parameter));
    } else if (token.text === "?" && token.token_type !== "STRING") {
      emit(start, end, parameterLiteral(options.parameters, positional++));
    } else if (isClock(upper) && token.token_type !== "QUOTED_IDENTIFIER" && token.token_type !== "STRING") {
      const last = isCall ? tokens[at + 2]! : token;
      emit(start, last.span.end, clockLiteral(upper, options.now));
      at += isCall ? 2 : 0;
    } else if (path && name && (path.parts.length === 3 || options.exists(name))) {
      tables.push(name);
      emit(start, path.end, `\`${name.project}\`.\`${name.dataset}\`.\`${name.table}\``);
      at = path.last;
    } else if (isCall && token.token_type !== "QUOTED_IDENTIFIER" && !keywords.has(upper)) {
      const isMember = tokens[at - 1]?.token_type === "DOT";
      if (isMember || !evaluated.has(upper)) {
        const called = isMember ? `${tokens[at - 2]!.text.toUpperCase()}.${upper}` : upper;
        throw invalid(`The sandbox does not evaluate the function ${called} at [${token.span.line}:${start + 1}]`);
      }
      if (macros[upper]) {
        emit(start, end, `bq_${upper.toLowerCase()}`);
      }
      if (withUnit.has(upper)) {
        units.add(closing(tokens, at + 1) - 1);
      }
    }
  }
  return output + characters.slice(from).join("");
}

/** A dotted name that starts at a token: parts may stand in backquotes, alone or together. */
function pathAt(tokens: readonly Token[], at: number): { parts: string[]; last: number; end: number } | undefined {
  const isName = (token: Token | undefined): boolean =>
    token !== undefined &&
    (token.token_type === "QUOTED_IDENTIFIER" || /^[A-Za-z_]\w*$/.test(token.text)) &&
    token.token_type !== "STRING";
  const before = tokens[at - 1];
  if (!isName(tokens[at]) || before?.token_type === "DOT") {
    return undefined;
  }
  const parts = [tokens[at]!.text];
  let last = at;
  for (;;) {
    const joint = tokens[last + 1]?.text;
    const next = tokens[last + 2];
    if (joint === "." && isName(next)) {
      parts.push(next!.text);
    } else if (joint === "-" && isTableStart(before) && isName(next) && isTight(tokens, last)) {
      parts.push(`${parts.pop()!}-${next!.text}`);
    } else {
      break;
    }
    last += 2;
  }
  const all = parts.join(".").split(".");
  const isTable = all.length > 1 && (isTableStart(before) || tokens[at]!.token_type === "QUOTED_IDENTIFIER");
  return isTable || (all.length === 1 && isTableStart(before))
    ? { parts: all, last, end: tokens[last]!.span.end }
    : undefined;
}

/** Without blanks around what follows a token: `acme-ml` is a project, `a - b` a difference. */
function isTight(tokens: readonly Token[], at: number): boolean {
  const [name, dash, next] = tokens.slice(at, at + 3);
  return name!.span.end === dash!.span.start && dash!.span.end === next!.span.start;
}

function isTableStart(before: Token | undefined): boolean {
  return ["FROM", "JOIN", "INTO", "UPDATE", "MERGE", "USING", ","].includes(before?.text.toUpperCase() ?? "");
}

function resolve(parts: readonly string[], { project, defaultDataset }: QueryOptions): TableName | undefined {
  const [table, dataset = defaultDataset, owner = project] = [...parts].reverse();
  return parts.length <= 3 && dataset !== undefined ? { project: owner, dataset, table: table! } : undefined;
}

function columnNames(polyglot: Polyglot, sql: string): string[] | undefined {
  const { success, output } = polyglot.outputColumns(sql, polyglot.Dialect.BigQuery) as {
    success: boolean;
    output?: { ordinalComplete: boolean; columns: { kind: string; name?: string }[] };
  };
  if (
    !success ||
    !output?.ordinalComplete ||
    output.columns.some(({ kind }) => kind !== "named" && kind !== "unnamed")
  ) {
    return undefined;
  }
  let unnamed = 0;
  return output.columns.map(({ name }) => name ?? `f${unnamed++}_`);
}

/** Index of the parenthesis that closes the one at `open`. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    depth += tokens[at]!.token_type === "L_PAREN" ? 1 : tokens[at]!.token_type === "R_PAREN" ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  throw invalid("Syntax error: a parenthesis is not closed");
}

export function invalid(message: string): ReasonError {
  return new ReasonError(400, "invalidQuery", message);
}

const clocks: Readonly<Record<string, (iso: string) => string>> = {
  CURRENT_TIMESTAMP: (iso) => `TIMESTAMP '${iso.replace("T", " ").replace("Z", "+00")}'`,
  CURRENT_DATE: (iso) => `DATE '${iso.slice(0, 10)}'`,
  CURRENT_DATETIME: (iso) => `DATETIME '${iso.slice(0, 23).replace("T", " ")}'`,
};

function isClock(word: string): boolean {
  return word in clocks;
}

function clockLiteral(word: string, now: number): string {
  return clocks[word]!(new Date(now).toISOString());
}

function trimEnd(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter(({ token_type }) => token_type !== "SEMICOLON");
}
