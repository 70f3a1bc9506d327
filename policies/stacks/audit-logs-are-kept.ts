import { isUnknown, textOf, isTrue } from "../arguments";
import type { StackPolicy } from "../policy";
import { missingFromProject } from "../setup";
import type { Resource } from "../stack";

const type = "google_logging_project_sink";
const logs = ["activity", "data_access", "system_event", "policy"];

export const auditLogsAreKept: StackPolicy = {
  id: "logging/audit-logs-are-kept",
  types: [type],
  why: "Data access logs live for 30 days unless a sink keeps them.",
  controls: ["CIS GCP 2.2", "NIST 800-53 AU-11"],
  checkStacks: (stacks) =>
    missingFromProject(
      stacks,
      type,
      keepsAll,
      `must write the audit logs ${logs.join(", ")} to a bucket that keeps them: add it`,
    ),
};

/** Whether a sink takes the audit logs, all of them, to where they stay. */
export function keepsAll({ args: { filter, destination, disabled } }: Resource): boolean {
  const kept = /^(?:logging|storage|bigquery)\.googleapis\.com\//.test(textOf(destination)) || isUnknown(destination);
  const named = logs.every((log) => new RegExp(`cloudaudit\\.googleapis\\.com(?:/|%2F)${log}\\b`).test(textOf(filter)));
  const all =
    filter === undefined ||
    filter === "" ||
    isUnknown(filter) ||
    /cloudaudit\.googleapis\.com(?!\/|%2F)/.test(textOf(filter));
  return kept && (named || all) && !isTrue(disabled);
}
