import type { Expression } from "./expression";
import { access, negative, operators, truth } from "./operators";
import type { Scope } from "./scope";
import type { LibraryFunction } from "./stdlib/library";
import type { Value } from "./values";

/** An expression, or a value with expressions in it, made ready once to be evaluated often. */
export interface Code {
  /** Its value where nothing in it calls a subworkflow. */
  readonly now: (scope: Scope) => Value;
  /** Its value where something does; absent otherwise. */
  readonly later?: (scope: Scope) => Promise<Value>;
}

/** What a called name stands for. */
export type Callee = { readonly library: LibraryFunction } | { readonly routine: string };

export function constant(value: Value): Code {
  return { now: () => value };
}

export function evaluate(code: Code, scope: Scope): Value | Promise<Value> {
  return code.later ? code.later(scope) : code.now(scope);
}

/** Evaluates parts from left to right and makes one value of theirs. */
export function combine(parts: readonly Code[], make: (values: Value[], scope: Scope) => Value): Code {
  if (parts.some(({ later }) => later)) {
    return waiting(async (scope) => make(await evaluateAll(parts, scope), scope));
  }
  const [first, second] = parts;
  if (parts.length === 2) {
    return { now: (scope) => make([first!.now(scope), second!.now(scope)], scope) };
  }
  return {
    now: (scope) =>
      make(
        parts.map((part) => part.now(scope)),
        scope,
      ),
  };
}

/** A call of a subworkflow; absent parts are parameters that take their default. */
export function callRoutine(routine: string, parts: readonly (Code | undefined)[]): Code {
  return waiting(async (scope) => {
    const given: (Value | undefined)[] = [];
    for (const part of parts) {
      given.push(part && (await evaluate(part, scope)));
    }
    return scope.context.call(routine, given, scope);
  });
}

export function callLibrary({ call }: LibraryFunction, parts: readonly Code[]): Code {
  return combine(parts, (values, scope) => call(values, scope.context.surroundings));
}

/** @param calleeOf what a name stands for, known to exist and to take so many parameters */
export function compile(expression: Expression, calleeOf: (name: string) => Callee): Code {
  const code = (part: Expression): Code => compile(part, calleeOf);
  switch (expression.kind) {
    case "literal":
      return constant(expression.value);
    case "variable": {
      const { name } = expression;
      return { now: (scope) => scope.get(name) };
    }
    case "list":
      return combine(expression.items.map(code), (items) => items);
    case "member": {
      const { name } = expression;
      return combine([code(expression.object)], ([object]) => access(object!, name));
    }
    case "index":
      return combine([code(expression.object), code(expression.index)], ([object, index]) => access(object!, index!));
    case "unary":
      return expression.operator === "-"
        ? combine([code(expression.operand)], ([operand]) => negative(operand!))
        : combine([code(expression.operand)], ([operand]) => !truth(operand!, "what follows 'not'"));
    case "call": {
      const callee = calleeOf(expression.name);
      const parts = expression.parameters.map(code);
      return "library" in callee ? callLibrary(callee.library, parts) : callRoutine(callee.routine, parts);
    }
    case "binary": {
      const { operator } = expression;
      if (operator === "and" || operator === "or") {
        return shortCircuit(operator, code(expression.left), code(expression.right));
      }
      const operate = operators[operator];
      return combine([code(expression.left), code(expression.right)], ([left, right]) => operate(left!, right!));
    }
  }
}

/** The right side is not evaluated where the left one decides. */
function shortCircuit(operator: "and" | "or", left: Code, right: Code): Code {
  const of = `each side of '${operator}'`;
  const decides = operator === "or";
  if (left.later ?? right.later) {
    return waiting(async (scope) =>
      truth(await evaluate(left, scope), of) === decides ? decides : truth(await evaluate(right, scope), of),
    );
  }
  return { now: (scope) => (truth(left.now(scope), of) === decides ? decides : truth(right.now(scope), of)) };
}

function waiting(later: (scope: Scope) => Promise<Value>): Code {
  return {
    now: () => {
      throw new Error("an expression that calls a subworkflow cannot be evaluated at once");
    },
    later,
  };
}

async function evaluateAll(parts: readonly Code[], scope: Scope): Promise<Value[]> {
  const values: Value[] = [];
  for (const part of parts) {
    values.push(await evaluate(part, scope));
  }
  return values;
}
