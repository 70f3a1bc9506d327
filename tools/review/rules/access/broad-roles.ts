import { accessRule } from "./access-rule";

export const broadRoles = accessRule({
  id: "access/broad-role",
  title: "A role that holds nearly everything is granted",
  severity: "high",
  why: "Basic roles hold thousands of permissions, and who administers a service can grant its access to others (IAM documentation, 'Basic and predefined roles').",
  check: "Which of its permissions are needed, and is there a role with these on the one resource?",
  concern: "broad",
  severityOf: ({ isOnNew }) => (isOnNew ? "medium" : "high"),
});
