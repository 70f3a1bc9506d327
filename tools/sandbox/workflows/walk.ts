import type { Expression } from "./expression";

/** Everything in an expression, outermost first. */
export function* walk(expression: Expression): Generator<Expression> {
  yield expression;
  switch (expression.kind) {
    case "list":
      for (const item of expression.items) yield* walk(item);
      break;
    case "member":
      yield* walk(expression.object);
      break;
    case "index":
      yield* walk(expression.object);
      yield* walk(expression.index);
      break;
    case "unary":
      yield* walk(expression.operand);
      break;
    case "binary":
      yield* walk(expression.left);
      yield* walk(expression.right);
      break;
    case "call":
      for (const parameter of expression.parameters) yield* walk(parameter);
      break;
  }
}
