import { accessRule } from "./access-rule";

export const denialIsLifted = accessRule({
  id: "access/denial-lifted",
  title: "A deny policy denies less",
  severity: "high",
  why: "A deny policy holds against every grant, that of an owner too: what it no longer denies, whoever has a grant may do.",
  check: "Who has the permission by a grant, and may use it now?",
  concern: "denial",
  severityOf: ({ change }) => (change.isCreated ? undefined : "high"),
});
