import type { Action } from "./program";

/** A step that is about to be done, or was done. */
export interface StepEvent {
  readonly phase: "before" | "after";
  readonly name: string;
  readonly kind: Action["kind"];
  /** The (sub)workflow that it belongs to. */
  readonly routine: string;
  /** Calls of subworkflows around it. */
  readonly depth: number;
  readonly line: number;
  readonly column: number;
  /** How many steps were begun, this one included. */
  readonly count: number;
}

/** May wait, interrupt the execution, or throw a `WorkflowError` that the step then fails with. */
export type StepListener = (event: StepEvent) => void | Promise<void>;
