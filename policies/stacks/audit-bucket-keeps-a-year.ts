import { isUnknown, numberOf, show } from "../arguments";
import type { StackPolicy } from "../policy";
import { auditBuckets } from "./audit-bucket-is-locked";

const leastDays = 365;

export const auditBucketKeepsAYear: StackPolicy = {
  id: "logging/audit-bucket-keeps-a-year",
  types: ["google_logging_project_bucket_config"],
  why: "Break-ins are found after months; the default of a log bucket is 30 days.",
  controls: ["NIST 800-53 AU-11"],
  checkStacks: (stacks) =>
    stacks.flatMap((stack) =>
      auditBuckets(stack)
        .filter(({ args: { retention_days: days } }) => !isUnknown(days) && (numberOf(days) ?? 30) < leastDays)
        .map(({ address, args }) => ({
          stack: stack.name,
          address,
          message: `'retention_days' must be at least ${leastDays}, got ${show(args["retention_days"])}`,
        })),
    ),
};
