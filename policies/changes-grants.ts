import { listOf, textOf } from "./arguments";
import type { Resource, Stack } from "./stack";

const customRole = "google_project_iam_custom_role";

/** Types of grants on a project. */
export const projectGrants = ["google_project_iam_member", "google_project_iam_binding"];

/** Roles of Google that change who may do what on a project. */
const administrators = ["roles/iam.securityAdmin", "roles/resourcemanager.projectIamAdmin"];

/**
 * Tells of the grants on a project that some stacks make whether their holders may change grants; roles that other stacks make are found
 * by the end of their names.
 */
export function grantChanges(stacks: readonly Stack[]): (grant: Resource, stack: Stack) => boolean {
  const roles = stacks.flatMap((stack) => stack.ofType(customRole)).filter(maySetPolicies);
  const names = new Set(roles.map((role) => textOf(role.at("role_id"))));
  return (grant, stack) => {
    const role = textOf(grant.at("role"));
    const made = stack.referred(role);
    return made
      ? made.type === customRole && maySetPolicies(made)
      : administrators.includes(role) || (role.startsWith("projects/") && names.has(role.replace(/^.*\/roles\//, "")));
  };
}

function maySetPolicies(role: Resource): boolean {
  return listOf(role.at("permissions")).some((permission) => textOf(permission).endsWith(".setIamPolicy"));
}
