import { isTrue, isUnknown } from "../arguments";
import type { StackPolicy } from "../policy";
import type { Resource, Stack } from "../stack";
import { keepsAll } from "./audit-logs-are-kept";

export const auditBucketIsLocked: StackPolicy = {
  id: "logging/audit-bucket-is-locked",
  types: ["google_logging_project_bucket_config"],
  why: "Whoever can shorten the retention can make the audit trail disappear.",
  controls: ["CIS GCP 2.3", "NIST 800-53 AU-9"],
  checkStacks: (stacks) =>
    stacks.flatMap((stack) =>
      auditBuckets(stack)
        .filter(({ args: { locked } }) => !isTrue(locked) && !isUnknown(locked))
        .map(({ address }) => ({
          stack: stack.name,
          address,
          message: "'locked' must be true, got a retention that can be shortened",
        })),
    ),
};

/** Log buckets that the stack's audit logs go to. */
export function auditBuckets(stack: Stack): readonly Resource[] {
  return stack
    .ofType("google_logging_project_sink")
    .filter(keepsAll)
    .flatMap((sink) => stack.referred(sink.args["destination"]) ?? [])
    .filter(({ type }) => type === "google_logging_project_bucket_config");
}
