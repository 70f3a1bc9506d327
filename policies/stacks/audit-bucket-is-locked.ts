import { isUnknown, isTrue } from "../arguments";
import type { StackPolicy } from "../policy";
import { keepsAll } from "./audit-logs-are-kept";

export const auditBucketIsLocked: StackPolicy = {
  id: "logging/audit-bucket-is-locked",
  types: ["google_logging_project_bucket_config"],
  why: "Whoever can shorten the retention can make the audit trail disappear.",
  controls: ["CIS GCP 2.3", "NIST 800-53 AU-9"],
  checkStacks: (stacks) =>
    stacks.flatMap((stack) =>
      stack
        .ofType("google_logging_project_sink")
        .filter(keepsAll)
        .map((sink) => stack.referred(sink.args["destination"]))
        .filter((bucket) => bucket?.type === "google_logging_project_bucket_config")
        .filter((bucket) => !isTrue(bucket!.args["locked"]) && !isUnknown(bucket!.args["locked"]))
        .map((bucket) => ({
          stack: stack.name,
          address: bucket!.address,
          message: "'locked' must be true, got a retention that can be shortened",
        })),
    ),
};
