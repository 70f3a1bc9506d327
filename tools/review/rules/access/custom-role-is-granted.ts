import { accessRule } from "./access-rule";

export const customRoleIsGranted = accessRule({
  id: "access/custom-role-granted",
  title: "A custom role that leads to more is granted",
  severity: "high",
  why: "The name of a custom role says nothing of what is in it. Who may set access, make keys or act as another account can get all else with it.",
  check: "Which of its permissions does the member need, and does a condition bound what it may grant?",
  concern: "custom role",
  severityOf: ({ isOnNew, isForNew }) => (isOnNew || isForNew ? "medium" : "high"),
});
