import { isNothing } from "../../policies/arguments";
import { sha256 } from "../delivery/digest";
import type { Acceptance } from "./acceptance";
import { accessChangesOf, isBroadened } from "./access";
import type { Change } from "./change";
import type { ConstructPaths } from "./construct-paths";
import { type Difference, knownAfterApply } from "./differences/difference";
import { withUnknown } from "./differences/marks";
import { shown, shownParts, valueText } from "./differences/shown";
import { orphaned } from "./orphaned";
import { type ChangeKind, isStateOnly } from "./plan/kind";
import type { OutputChange, Plan } from "./plan/plan";
import { reasonText } from "./plan/reason";
import { PlannedStack } from "./planned-stack";
import { policyHits } from "./policy-hits";
import { stackPolicyHits } from "./stack-policy-hits";
import {
  type Outcome,
  type Review,
  type ReviewedChange,
  type ReviewedOutput,
  type ReviewFinding,
  reviewFormat,
  type StackReview,
} from "./review";
import type { Hit, ReviewRule } from "./rules/rule";
import { reviewRules } from "./rules/rules";
import { maskReview } from "./secrets/mask-review";
import { hidden, Redactor } from "./secrets/redactor";
import { bySeverity, isAtLeast, type Severity } from "./severity";

/** What is known of a stack: its plan, or why there is none. */
export interface StackInput {
  readonly name: string;
  readonly plan?: Plan | undefined;
  readonly failure?: { readonly status: "failed" | "missing" | "orphaned"; readonly error: string } | undefined;
  readonly constructs?: ConstructPaths | undefined;
  /**
   * Secrets of a stack without a plan.
   * @default - those of the plan, and of other stacks' plans
   */
  readonly secrets?: ReadonlySet<string> | undefined;
}

export interface ReviewOptions {
  readonly environment?: string | undefined;
  readonly commit?: string | undefined;
  readonly planSetDigest?: string | undefined;
  /**
   * Command that applies exactly these plans.
   * @default - they cannot be applied
   */
  readonly applyWith?: string | undefined;
  /** `undefined` where nothing blocks. */
  readonly failOn: Severity | undefined;
  /** @default - nothing is accepted */
  readonly acceptance?: Acceptance;
}

/** Differences of one change that are shown; the others are counted. */
const mostDifferences = 40;

/** Reviews the plans of stacks that belong together. */
export function reviewPlans(inputs: readonly StackInput[], options: ReviewOptions): Review {
  const redactor = new Redactor(inputs.flatMap(({ plan, secrets }) => [...(plan?.secrets ?? []), ...(secrets ?? [])]));
  const planned = inputs.flatMap(({ name, plan }) => (plan ? [new PlannedStack(name, plan)] : []));
  const stacks = inputs.map((input) => stackReview(input, planned, redactor));
  const found = findingsOf(inputs, planned, redactor);
  const accept: Acceptance = options.acceptance ?? (() => found);
  const findings = accept(
    found,
    planned.map(({ name }) => name),
  ).toSorted(worstFirst);
  const access = accessChangesOf(planned);
  const review: Review = {
    format: reviewFormat,
    environment: options.environment ?? null,
    commit: options.commit ?? null,
    planSetDigest: options.planSetDigest ?? null,
    applyWith: options.applyWith ?? null,
    // A folder of plans may say that there was no stack to plan; without one, no plan is a missing plan.
    outcome:
      stacks.length === 0 && options.planSetDigest === undefined
        ? "failed"
        : outcomeOf(
            stacks,
            findings,
            planned.some(({ plan }) => plan.isApplyable),
            options.failOn,
          ),
    failOn: options.failOn ?? null,
    counts: sum(stacks.map(({ counts }) => counts)),
    stacks,
    findings,
    access,
    isAccessBroadened: isBroadened(access),
  };
  return maskReview(review, redactor);
}

function stackReview(
  { name, plan, failure, constructs }: StackInput,
  all: readonly PlannedStack[],
  redactor: Redactor,
): StackReview {
  const stack = all.find((each) => each.name === name);
  if (!plan || !stack) {
    return {
      name,
      status: failure?.status ?? "missing",
      error: failure?.error ?? "there is no plan of this stack",
      terraformVersion: null,
      counts: {},
      changes: [],
      unchanged: 0,
      drift: [],
      deferred: [],
      outputs: [],
      checks: [],
      unknownFields: [],
    };
  }
  const reviewed = (change: Change) => reviewedChange(change, constructs, redactor);
  return {
    name,
    status: plan.isErrored ? "errored" : plan.isComplete ? "planned" : "incomplete",
    error: null,
    terraformVersion: plan.terraformVersion,
    counts: countKinds(stack.changes),
    changes: stack.changes.filter(({ kind }) => kind !== "none").map(reviewed),
    unchanged: stack.changes.filter(({ kind }) => kind === "none").length,
    drift: stack.drift.map((change) => ({ ...reviewed(change), fedThePlan: stack.isFedBy(change) })),
    deferred: stack.deferred.map(({ reason, change }) => ({ ...reviewed(change), reason })),
    outputs: plan.outputs
      .filter(({ actions }) => !isOnly(actions, "no-op"))
      .map((output) => reviewedOutput(output, redactor)),
    checks: plan.checks,
    unknownFields: plan.unknownFields,
  };
}

function reviewedChange(change: Change, constructs: ConstructPaths | undefined, redactor: Redactor): ReviewedChange {
  const { planned, kind, address } = change;
  const differences = kind === "destroy" || kind === "forget" ? [] : differencesToShow(change);
  return {
    address,
    deposed: planned.deposed ?? null,
    type: planned.type,
    mode: planned.mode,
    kind,
    actions: planned.actions,
    constructPath: constructs?.of(address) ?? null,
    movedFrom: planned.previousAddress ?? null,
    imports: planned.importing
      ? (planned.importing.id ?? valueText(planned.importing.identity) ?? knownAfterApply)
      : null,
    reason: reasonText(planned) ?? null,
    isStateOnly: isStateOnly(kind),
    differences: differences.slice(0, mostDifferences).map((difference) => shown(difference, redactor)),
    moreDifferences: Math.max(0, differences.length - mostDifferences),
  };
}

/** What forces a replacement first, what is known after apply last; a new object's empty arguments say nothing. */
function differencesToShow({ kind, differences }: Change): readonly Difference[] {
  const rank = ({ forcesReplacement, isUnknown }: Difference) => (forcesReplacement ? 0 : isUnknown ? 2 : 1);
  return differences
    .filter(({ after, isUnknown }) => kind !== "create" || isUnknown || !isNothing(after))
    .toSorted((one, other) => rank(one) - rank(other));
}

function reviewedOutput(
  { name, actions, before, after, unknown, isSensitive }: OutputChange,
  redactor: Redactor,
): ReviewedOutput {
  const mask = (value: unknown) =>
    isSensitive && value !== null && value !== knownAfterApply ? hidden : redactor.maskAll(value);
  const [old, next] = [mask(before), mask(withUnknown(after, unknown))];
  return { name, actions, before: valueText(old), after: valueText(next), ...shownParts(old, next, redactor) };
}

function findingsOf(
  inputs: readonly StackInput[],
  planned: readonly PlannedStack[],
  redactor: Redactor,
): ReviewFinding[] {
  const constructs = new Map(inputs.map(({ name, constructs: paths }) => [name, paths]));
  const finding = (stack: string, rule: Omit<ReviewRule, "find">, hit: Hit): ReviewFinding => {
    const differences = (hit.differences ?? []).slice(0, mostDifferences);
    return {
      rule: rule.id,
      title: rule.title,
      severity: hit.severity ?? rule.severity,
      stack,
      address: hit.address,
      deposed: hit.deposed ?? null,
      constructPath: constructs.get(stack)?.of(hit.address) ?? null,
      message: hit.message,
      differences: differences.map((difference) => shown(difference, redactor)),
      why: rule.why,
      check: rule.check,
      digest: digestOf(rule.id, stack, hit, redactor),
      acknowledged: null,
    };
  };
  const orphans = inputs.flatMap(({ name, failure }) => (failure?.status === "orphaned" ? [{ name, failure }] : []));
  return [
    ...orphans.map(({ name, failure }) => finding(name, orphaned, { address: name, message: failure.error })),
    ...planned.flatMap((stack) => [
      ...reviewRules.flatMap((rule) => rule.find(stack, planned).map((hit) => finding(stack.name, rule, hit))),
      ...policyHits(stack).map(({ rule, hit }) => finding(stack.name, rule, hit)),
    ]),
    ...stackPolicyHits(planned).map(({ stack, rule, hit }) => finding(stack, rule, hit)),
  ];
}

/** What the finding is about, without secrets: a digest of a short secret gives it away. */
function digestOf(rule: string, stack: string, hit: Hit, redactor: Redactor): string {
  const differences = (hit.differences ?? []).map(({ path, before, after, isSensitive, isUnknown }) =>
    isSensitive ? [path, hidden] : [path, redactor.maskAll(before), redactor.maskAll(after), isUnknown],
  );
  const subject = [
    rule,
    stack,
    hit.address,
    hit.deposed ?? null,
    hit.severity ?? null,
    redactor.mask(hit.message),
    differences,
  ];
  return sha256(JSON.stringify(subject));
}

function outcomeOf(
  stacks: readonly StackReview[],
  findings: readonly ReviewFinding[],
  isApplyable: boolean,
  failOn: Severity | undefined,
): Outcome {
  if (stacks.some(({ status }) => status === "failed" || status === "missing" || status === "errored")) {
    return "failed";
  }
  if (failOn && findings.some(({ severity, acknowledged }) => acknowledged === null && isAtLeast(severity, failOn))) {
    return "blocked";
  }
  return stacks.every(hasNoChanges) && !isApplyable ? "no changes" : "changes";
}

function hasNoChanges({ status, changes, deferred, outputs }: StackReview): boolean {
  return (
    status === "planned" &&
    deferred.length === 0 &&
    outputs.length === 0 &&
    changes.every(({ kind }) => kind === "read")
  );
}

function worstFirst(one: ReviewFinding, other: ReviewFinding): number {
  const isOpen = (finding: ReviewFinding) => Number(finding.acknowledged !== null);
  const key = ({ stack, address, rule }: ReviewFinding) => `${stack} ${address} ${rule}`;
  return (
    isOpen(one) - isOpen(other) ||
    bySeverity(one.severity, other.severity) ||
    (key(one) < key(other) ? -1 : Number(key(one) > key(other)))
  );
}

function countKinds(changes: readonly Change[]): Partial<Record<ChangeKind, number>> {
  return sum(changes.filter(({ kind }) => kind !== "none").map(({ kind }) => ({ [kind]: 1 })));
}

function sum(counts: readonly Partial<Record<ChangeKind, number>>[]): Partial<Record<ChangeKind, number>> {
  const total: Partial<Record<ChangeKind, number>> = {};
  for (const [kind, count] of counts.flatMap((each) => Object.entries(each)) as [ChangeKind, number][]) {
    total[kind] = (total[kind] ?? 0) + count;
  }
  return total;
}

function isOnly(actions: readonly string[], action: string): boolean {
  return actions.length === 1 && actions[0] === action;
}
