import type { ShownDifference } from "./differences/shown";
import type { ChangeKind } from "./plan/kind";
import type { Severity } from "./severity";

/** Version of the JSON; a change that readers must know of raises the first number. */
export const reviewFormat = "1.0";

/** What a plan comes to: its exit code says the same. */
export type Outcome = "no changes" | "changes" | "blocked" | "failed";

/** Exit codes of `mlp review`. */
export const exitCodes: Readonly<Record<Outcome, number>> = { "no changes": 0, changes: 2, blocked: 3, failed: 1 };

/** The review of the plans of an environment. No text in it holds a secret. */
export interface Review {
  readonly format: typeof reviewFormat;
  readonly environment: string | null;
  /** Commit that was planned, where it is known. */
  readonly commit: string | null;
  /** What `mlp apply --digest` applies; `null` where no folder of plans was reviewed. */
  readonly planSetDigest: string | null;
  /** Command that applies exactly these plans, once nothing blocks; `null` where no folder of plans was reviewed. */
  readonly applyWith: string | null;
  readonly outcome: Outcome;
  /** Findings from this severity on block; `null` where none does. */
  readonly failOn: Severity | null;
  readonly counts: Readonly<Partial<Record<ChangeKind, number>>>;
  readonly stacks: readonly StackReview[];
  /** Of all stacks, the worst first. */
  readonly findings: readonly ReviewFinding[];
  /** Members that get or lose a role, the ones that get it first. */
  readonly access: readonly AccessChange[];
  /** Whether somebody may do more than before. */
  readonly isAccessBroadened: boolean;
}

export interface StackReview {
  readonly name: string;
  /**
   * `incomplete` where Terraform says that applying the plan does not end where the configuration wants to be; `orphaned` where the
   * stack is deployed, but declared no more.
   */
  readonly status: "planned" | "failed" | "missing" | "errored" | "incomplete" | "orphaned";
  /** Why there is no plan, as Terraform says it. */
  readonly error: string | null;
  readonly terraformVersion: string | null;
  readonly counts: Readonly<Partial<Record<ChangeKind, number>>>;
  /** All but those that change nothing. */
  readonly changes: readonly ReviewedChange[];
  /** How many objects stay as they are. */
  readonly unchanged: number;
  readonly drift: readonly ReviewedChange[];
  readonly deferred: readonly (ReviewedChange & { readonly reason: string })[];
  readonly outputs: readonly ReviewedOutput[];
  readonly checks: readonly {
    readonly address: string;
    readonly status: string;
    readonly problems: readonly string[];
  }[];
  /** Fields of the plan that this version does not know. */
  readonly unknownFields: readonly string[];
}

export interface ReviewedChange {
  readonly address: string;
  readonly deposed: string | null;
  readonly type: string;
  /** `managed` or `data`. */
  readonly mode: string;
  readonly kind: ChangeKind;
  /** As the plan has them. */
  readonly actions: readonly string[];
  /** Path of the construct that made it, where the stack's Terraform says so. */
  readonly constructPath: string | null;
  readonly movedFrom: string | null;
  /** What is imported: its id, or that it is known after apply. */
  readonly imports: string | null;
  /** Why, in words. */
  readonly reason: string | null;
  /** Whether nothing changes but Terraform's record. */
  readonly isStateOnly: boolean;
  readonly differences: readonly ShownDifference[];
  /** Differences beyond those. */
  readonly moreDifferences: number;
  /** For drift: whether the plan read something that drifted. */
  readonly fedThePlan?: boolean;
}

export interface ReviewedOutput {
  readonly name: string;
  readonly actions: readonly string[];
  readonly before: string | null;
  readonly after: string | null;
  /** Lines that differ, for values with parts that are too long to stand side by side. */
  readonly lines?: readonly string[];
}

export interface ReviewFinding {
  /** Id of the rule. */
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly stack: string;
  readonly address: string;
  readonly deposed: string | null;
  readonly constructPath: string | null;
  /** What changes. */
  readonly message: string;
  readonly differences: readonly ShownDifference[];
  readonly why: string;
  /** What to find out before approving. */
  readonly check: string;
  /** SHA-256 of what changes: an acknowledgement holds for this change only. */
  readonly digest: string;
  /** Why it is accepted, by whom, and the last day it is; `null` for a day where a setting of the environment accepts it. */
  readonly acknowledged: {
    readonly reason: string;
    readonly expires: string | null;
    readonly acknowledgedBy: string | null;
  } | null;
}

export interface AccessChange {
  readonly effect: "gets" | "loses" | "may get";
  readonly stack: string;
  readonly address: string;
  readonly member: string;
  readonly role: string;
  readonly resource: string;
  readonly condition: string | null;
}
