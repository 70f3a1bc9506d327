import type { Change } from "../change";
import type { Difference } from "../differences/difference";
import type { PlannedStack } from "../planned-stack";
import type { Severity } from "../severity";

/** What a rule found. Secrets are masked by whoever shows it; values that the plan marks go into `differences`, never into the text. */
export interface Hit {
  /** Address of the object, or what else it is about, such as `output.url`. */
  readonly address: string;
  readonly deposed?: string | undefined;
  /** @default - the rule's severity */
  readonly severity?: Severity;
  /** What changes, in one sentence without a full stop. */
  readonly message: string;
  /** @default - nothing to compare */
  readonly differences?: readonly Difference[];
}

/** A reason to look twice at a plan. */
export interface ReviewRule {
  /** Stable id, used to acknowledge a finding: `group/rule`. */
  readonly id: string;
  /** What it finds, such as `Data is destroyed`. */
  readonly title: string;
  /** The worst it gives. */
  readonly severity: Severity;
  /** Why it matters, with its source where that is not common knowledge. */
  readonly why: string;
  /** What a reviewer should find out before approving. */
  readonly check: string;
  /** Never throws, whatever a plan holds. */
  readonly find: (stack: PlannedStack, others: readonly PlannedStack[]) => readonly Hit[];
}

/** A rule that looks at each change by itself. */
export function changeRule(
  rule: Omit<ReviewRule, "find"> & {
    readonly findIn: (change: Change) => Omit<Hit, "address" | "deposed"> | undefined;
  },
): ReviewRule {
  const { findIn, ...described } = rule;
  return {
    ...described,
    find: ({ changes }) =>
      changes.flatMap((change) => {
        const hit = findIn(change);
        return hit ? [{ ...hit, address: change.address, deposed: change.planned.deposed }] : [];
      }),
  };
}
