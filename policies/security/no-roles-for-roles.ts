import { isUnknown, listOf } from "../arguments";
import type { Policy } from "../policy";

export const noRolesForRoles: Policy = {
  id: "iam/no-roles-for-roles",
  kind: "security",
  types: ["google_project_iam_custom_role", "google_organization_iam_custom_role"],
  why: "Who may change a role that they hold or may grant can do anything, whatever bounds their grants.",
  controls: ["CIS GCP 1.8", "NIST 800-53 AC-6"],
  check: ({ permissions }) =>
    listOf(permissions)
      .filter((permission): permission is string => typeof permission === "string" && !isUnknown(permission))
      .filter((permission) => /^iam\.roles\.(?:create|undelete|update)$/.test(permission))
      .map((permission) => `'permissions' must not hold ${permission}: let people change roles`),
};
