import { decodePlan } from "../../../tools/review/plan/decode";
import type { Review, ReviewedChange, StackReview } from "../../../tools/review/review";
import { reviewPlans } from "../../../tools/review/review-plans";
import type { Severity } from "../../../tools/review/severity";
import { changeJson, planJson } from "./plan-json";

/** Reviews one plan, of the stack `base`. */
export function reviewOf(plan: unknown, failOn: Severity | "nothing" = "high"): Review {
  const plans = [{ name: "base", plan: decodePlan("base.json", plan) }];
  return reviewPlans(plans, { failOn: failOn === "nothing" ? undefined : failOn });
}

/** What is said of the one stack. */
export function stackOf(plan: unknown): StackReview {
  return reviewOf(plan).stacks[0]!;
}

/** What is said of one change. */
export function reviewedChange(...change: Parameters<typeof changeJson>): ReviewedChange {
  return stackOf(planJson([changeJson(...change)])).changes[0]!;
}
