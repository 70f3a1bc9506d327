import { mapOf, type Value } from "./values";

/** Tags of the errors that the service raises: cloud.google.com/workflows/docs/reference/syntax/error-types */
export type ErrorTag =
  | "ConnectionError"
  | "ConnectionFailedError"
  | "HttpError"
  | "IndexError"
  | "KeyError"
  | "ParallelNestingError"
  | "RecursionError"
  | "ResourceLimitError"
  | "TimeoutError"
  | "TypeError"
  | "UnhandledBranchError"
  | "ValueError"
  | "ZeroDivisionError";

/** A step that an error passed: the innermost one of each (sub)workflow that was being called. */
export interface StackElement {
  readonly step: string;
  readonly routine: string;
  readonly position: { readonly line: number; readonly column: number };
}

/** An error on its way to the `except` that takes it: any value, as `raise` allows. */
export class WorkflowError extends Error {
  override readonly name = "WorkflowError";
  readonly stackTrace: StackElement[] = [];
  /** The call whose innermost step is the last element of the stack trace. */
  lastCall: object | undefined;

  /** @param fatal no `except` takes it */
  constructor(
    readonly value: Value,
    readonly fatal = false,
  ) {
    super("an error of the workflow");
  }
}

export function failure(tag: ErrorTag, message: string, more: Record<string, Value> = {}): WorkflowError {
  return new WorkflowError(mapOf({ message, tags: [tag], ...more }));
}
