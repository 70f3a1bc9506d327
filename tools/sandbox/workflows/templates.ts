import { didYouMean, listNames } from "../../../config/nearest";
import type { Place } from "../../../config/problem";
import type { Node, ScalarNode } from "../../../config/source/node";
import { plural } from "../../../config/text";
import { type Callee, type Code, combine, compile, constant } from "./code";
import { failure } from "./errors";
import { type Expression, parseExpression } from "./expression";
import { limits } from "./limits";
import type { Here } from "./reading";
import { blockingFunctions, functions } from "./stdlib/functions";
import type { Parameter } from "./stdlib/library";
import { ExpressionError } from "./tokens";
import { walk } from "./walk";
import { typeOf, type Value } from "./values";

/** A value of the file, with the expressions in it. */
export function template(node: Node, here: Here): Code {
  switch (node.kind) {
    case "scalar":
      return scalar(node, here);
    case "list":
      return combine(
        node.items.map((item) => template(item, here)),
        (values) => values,
      );
    case "mapping": {
      const entries = [...node.entries];
      const keys = entries.map(([key, entry]) => text(key, entry.key, here));
      const values = entries.map(([, { value }]) => template(value, here));
      return combine([...keys, ...values], (all) => {
        const map = new Map<string, Value>();
        keys.forEach((_, index) => map.set(keyOf(all[index]!), all[keys.length + index]!));
        return map;
      });
    }
  }
}

/** Makes an expression ready that `readExpression` returned. */
export function compileChecked(expression: Expression): Code {
  return compile(expression, (name): Callee => {
    const library = functions.get(name);
    return library ? { library } : { routine: name };
  });
}

/** Reads and checks an expression, without `${` and `}`. */
export function readExpression(source: string, place: Place, here: Here): Expression | undefined {
  const { report } = here.reading;
  try {
    const expression = parseExpression(source);
    for (const part of walk(expression)) {
      check(part, place, here);
    }
    return expression;
  } catch (error) {
    if (error instanceof ExpressionError) {
      report(place, `expression cannot be read at its character ${error.offset + 1}: ${error.message}`);
      return undefined;
    }
    throw error;
  }
}

/** What is wrong with a name that is called; `undefined` for one that can be called in an expression. */
export function checkCallee(name: string, here: Here): readonly Parameter[] | string {
  const { signatures, calls } = here.reading;
  const parameters = functions.get(name)?.parameters ?? signatures.get(name);
  if (signatures.has(name)) {
    calls.get(here.routine)?.add(name);
  }
  if (parameters) {
    return parameters;
  }
  if (name.startsWith("googleapis.")) {
    return `connector '${name}' is not supported: call the API with http.get, http.post, http.patch or http.delete`;
  }
  const known = [...functions.keys(), ...blockingFunctions.keys(), ...signatures.keys()];
  const guess = didYouMean(name, known);
  return `function '${name}' is not known${guess || `: the nearest are ${listNames(known, name)}`}`;
}

function check(part: Expression, place: Place, here: Here): void {
  const { report, advise } = here.reading;
  if (part.kind === "variable") {
    here.names.use(part.name, place);
  } else if (part.kind === "call") {
    const parameters = blockingFunctions.has(part.name)
      ? `function '${part.name}' cannot be called in an expression: use a step with 'call: ${part.name}'`
      : checkCallee(part.name, here);
    if (typeof parameters === "string") {
      report(place, parameters);
      return;
    }
    const least = parameters.filter(({ optional }) => !optional).length;
    if (part.parameters.length < least || part.parameters.length > parameters.length) {
      const wanted = least === parameters.length ? `${least}` : `${least} to ${parameters.length}`;
      const names = parameters.map(({ name, optional }) => (optional ? `[${name}]` : name)).join(", ");
      report(
        place,
        `function '${part.name}' takes ${wanted} parameters (${names}), got ${plural(part.parameters.length, "parameter")}`,
      );
    }
  } else if (part.kind === "binary" && part.operator === "+" && isText(part.left) !== isText(part.right)) {
    const other = isText(part.left) ? part.right : part.left;
    if (other.kind === "literal") {
      advise(
        place,
        `a string is added to ${String(other.value)}, which is none: write it in quotes, or use string(...)`,
      );
    }
  }
}

function isText(expression: Expression): boolean {
  return expression.kind === "literal" && typeof expression.value === "string";
}

function scalar(node: ScalarNode, here: Here): Code {
  const { value, source, place } = node;
  if (typeof value === "string") {
    return text(value, place, here);
  }
  return constant(typeof value === "number" && /^[-+]?\d+$/.test(source) ? BigInt(source.replace("+", "")) : value);
}

function text(value: string, place: Place, here: Here): Code {
  const { report } = here.reading;
  const trimmed = value.trim();
  if (!trimmed.includes("${")) {
    return constant(value);
  }
  if (!trimmed.startsWith("${") || !trimmed.endsWith("}")) {
    report(
      place,
      'mixes text and an expression, which the service does not evaluate: make it one expression, such as ${"a " + b}',
    );
    return constant(null);
  }
  if (trimmed.length > limits.expressionLength) {
    report(
      place,
      `is an expression of ${trimmed.length} characters: the service takes at most ${limits.expressionLength}; assign parts ` +
        "of it to variables",
    );
  }
  const expression = readExpression(trimmed.slice(2, -1), place, here);
  return expression ? compileChecked(expression) : constant(null);
}

function keyOf(key: Value): string {
  if (typeof key !== "string") {
    throw failure("TypeError", `a key of a map must be a string, got ${typeOf(key)}`);
  }
  return key;
}
