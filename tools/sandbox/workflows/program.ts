import type { Code } from "./code";
import type { Value } from "./values";

/** A workflow file, ready to be executed. */
export interface Program {
  readonly file: string;
  readonly routines: ReadonlyMap<string, Routine>;
}

/** The main workflow or a subworkflow. */
export interface Routine {
  readonly name: string;
  readonly parameters: readonly RoutineParameter[];
  readonly steps: StepList;
}

export interface RoutineParameter {
  readonly name: string;
  readonly default?: Value;
}

export interface StepList {
  readonly steps: readonly Step[];
}

/** What is done, and where to go on. */
export interface Body {
  readonly line: number;
  readonly column: number;
  readonly action: Action;
  /** Absent where the step after it follows. */
  next?: Completion;
}

export interface Step extends Body {
  readonly name: string;
}

/** How steps end that do not simply lead to the next one. */
export type Completion =
  | { readonly kind: "jump"; readonly list: StepList; readonly index: number }
  | { readonly kind: "return"; readonly value: Value }
  | { readonly kind: "break" }
  | { readonly kind: "continue" };

export type Action =
  | { readonly kind: "assign"; readonly assignments: readonly Assignment[] }
  | { readonly kind: "call"; readonly call: Code | BlockingCall; readonly result?: string }
  | { readonly kind: "switch"; readonly cases: readonly Case[] }
  | { readonly kind: "for"; readonly loop: Loop }
  | Parallel
  | { readonly kind: "try"; readonly body: Body; readonly retry?: Retry; readonly except?: Except }
  | { readonly kind: "raise"; readonly value: Code }
  | { readonly kind: "return"; readonly value: Code }
  | { readonly kind: "steps"; readonly list: StepList }
  | { readonly kind: "none" };

export interface Assignment {
  readonly variable: string;
  /** Keys and indexes behind the variable. */
  readonly path: readonly Code[];
  readonly value: Code;
}

export interface BlockingCall {
  readonly function: string;
  readonly given: ReadonlyMap<string, Code>;
}

export interface Case {
  readonly condition: Code;
  readonly body: Body;
}

export interface Loop {
  readonly value: string;
  readonly index?: string;
  readonly over: "in" | "range";
  readonly items: Code;
  readonly list: StepList;
}

export interface Parallel {
  readonly kind: "parallel";
  readonly shared: ReadonlySet<string>;
  readonly limit?: Code;
  readonly work: Loop | readonly Branch[];
}

export interface Branch {
  readonly name: string;
  readonly list: StepList;
}

export interface Retry {
  /** A subworkflow or a function of the library that takes the error. */
  readonly predicate: string;
  readonly maxRetries: Code;
  /** A map of `initial_delay`, `max_delay` and `multiplier`. */
  readonly backoff: Code;
}

export interface Except {
  readonly variable: string;
  readonly list: StepList;
}
