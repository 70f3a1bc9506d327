import { listOf, textOf } from "./arguments";
import type { Resource, Stack } from "./stack";

const customRole = "google_project_iam_custom_role";

/** Types of grants on a project. */
export const projectGrants = ["google_project_iam_member", "google_project_iam_binding"];

/** Roles of Google that change who may do what on a project. */
const administrators = ["roles/iam.securityAdmin", "roles/resourcemanager.projectIamAdmin"];

/** Whether the holder of a grant on a project may change grants; roles that other stacks make are found by the end of their names. */
export function changesGrants({ args }: Resource, stack: Stack, stacks: readonly Stack[]): boolean {
  const role = textOf(args["role"]);
  if (administrators.includes(role)) {
    return true;
  }
  const made =
    stack.referred(role) ??
    stacks
      .flatMap((other) => other.ofType(customRole))
      .find(({ args: { role_id: id } }) => role.startsWith("projects/") && role.endsWith(`/roles/${textOf(id)}`));
  return (
    made?.type === customRole &&
    listOf(made.args["permissions"]).some((permission) => textOf(permission).endsWith(".setIamPolicy"))
  );
}
