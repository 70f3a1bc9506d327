import { privilegedPermissions } from "../../../../catalog/privileged-roles";
import { accessRule } from "./access-rule";

export const customRoleGains = accessRule({
  id: "access/custom-role",
  title: "A custom role gains permissions",
  severity: "high",
  why: "Everybody who holds the role gets them at once, also those whom another stack granted it to. Some permissions lead to all others.",
  check: "Who holds the role, and do all of them need it?",
  concern: "permission",
  severityOf: ({ role }) => (privilegedPermissions.test(role) ? "high" : "medium"),
});
