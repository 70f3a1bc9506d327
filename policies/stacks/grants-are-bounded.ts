import { isUnknown, listOf, textOf, valuesAt } from "../arguments";
import type { StackPolicy } from "../policy";
import type { Resource, Stack } from "../stack";

const customRole = "google_project_iam_custom_role";
const grants = ["google_project_iam_member", "google_project_iam_binding"];

/** Roles of Google that change who may do what on a project. */
const administrators = ["roles/iam.securityAdmin", "roles/resourcemanager.projectIamAdmin"];

export const grantsAreBounded: StackPolicy = {
  id: "iam/grants-are-bounded",
  types: grants,
  why: "Who may change grants on a project without a bound makes itself the owner (https://cloud.google.com/iam/docs/setting-limits-on-granting-roles).",
  controls: ["NIST 800-53 AC-3", "NIST 800-53 AC-6"],
  checkStacks: (stacks) =>
    stacks.flatMap((stack) =>
      stack
        .ofType(...grants)
        .filter((grant) => changesGrants(grant, stack, stacks) && !isBounded(grant))
        .map(({ address }) => ({
          stack: stack.name,
          address,
          message:
            "'condition.expression' must bound the grants that the role can change: api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([...])",
        })),
    ),
};

/** Whether a role changes grants; roles that other stacks make are found by the end of their names. */
function changesGrants({ args }: Resource, stack: Stack, stacks: readonly Stack[]): boolean {
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

/** Every alternative must bound, or the others do not. */
function isBounded({ args }: Resource): boolean {
  return valuesAt(args, "condition.expression").some(
    (expression) =>
      isUnknown(expression) ||
      (textOf(expression) !== "" &&
        textOf(expression)
          .split("||")
          .every((part) =>
            /api\.getAttribute\(\s*(['"])iam\.googleapis\.com\/modifiedGrantsByRole\1,\s*\[\]\s*\)\s*\.hasOnly\(\[/.test(
              part,
            ),
          )),
  );
}
