import type { StackElement, WorkflowError } from "./errors";
import { encode, fromJson, type Json, toJson, type Value } from "./values";

/** Why an execution failed, as `Execution.Error` of the Workflow Executions API has it. */
export interface ExecutionError {
  /** What was raised. */
  readonly value: Json;
  /** What was raised, as JSON text. */
  readonly payload: string;
  /** Message and stack trace for people. */
  readonly context: string;
  readonly stackTrace: { readonly elements: readonly StackElement[] };
}

export function describeFailure({ value, stackTrace }: WorkflowError): ExecutionError {
  const json = jsonOf(value);
  const payload = encode(fromJson(json));
  const lines = stackTrace.map(
    ({ step, routine, position }) => `in step "${step}", routine "${routine}", line: ${position.line}`,
  );
  return { value: json, payload, context: [payload, ...lines].join("\n"), stackTrace: { elements: stackTrace } };
}

/** Bytes, which have no JSON, do not hide the rest of an error. */
function jsonOf(value: Value): Json {
  try {
    return toJson(value);
  } catch (error) {
    if (!(error instanceof TypeError)) {
      throw error;
    }
    return "an error that cannot be JSON-encoded";
  }
}
