import type { Stack } from "./stack";
import type { Arguments } from "./arguments";

interface Rule {
  /** Stable id, used to acknowledge a finding: `service/rule`. */
  readonly id: string;

  /** What goes wrong without the rule, with its source. */
  readonly why: string;

  /** Resource types the rule looks at; `*` for all. */
  readonly types: readonly string[];

  /** Controls of published standards that the rule enforces, such as `CIS GCP 5.2`. */
  readonly controls?: readonly string[];
}

/** What is wrong, as text for people; nothing where nothing is, or where it cannot be known yet. */
export type Verdict = string | readonly string[] | undefined;

/** A rule that every resource of some types must keep: at synth, in the sandbox, and in the review of a real plan. */
export interface Policy extends Rule {
  /** `value` where Google refuses the arguments although the provider plans them, `security` where the platform does. */
  readonly kind: "value" | "security";

  /** Judges arguments in the one shape that `normalise` makes. Never throws. */
  readonly check: (args: Arguments, type: string) => Verdict;
}

/** Where a rule over stacks is broken. */
export interface Breach {
  readonly stack: string;
  /** Address of the resource, or the type of the one that is missing. */
  readonly address: string;
  readonly message: string;
}

/** A rule over the stacks of an environment, for what no single resource shows, such as one that is missing. */
export interface StackPolicy extends Rule {
  readonly checkStacks: (stacks: readonly Stack[]) => readonly Breach[];
}
