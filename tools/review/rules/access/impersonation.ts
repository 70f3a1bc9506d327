import { accessRule } from "./access-rule";

export const impersonation = accessRule({
  id: "access/impersonation",
  title: "Somebody may act as a service account",
  severity: "high",
  why: "Who acts as an account may do all that it may, and the audit log names the account. On a project it is every account in it (CIS Google Cloud 1.6).",
  check: "What may the account do? Is the grant on that one account, and to one identity?",
  concern: "impersonation",
  severityOf: ({ isOnNew, isForNew, resource }, stack) =>
    !resource.startsWith("service account ")
      ? "high"
      : isOnNew
        ? stack.isNew
          ? undefined
          : "low"
        : isForNew
          ? "medium"
          : "high",
});
