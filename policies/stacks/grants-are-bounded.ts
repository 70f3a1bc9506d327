import { isUnknown, textOf, valuesAt } from "../arguments";
import { grantChanges, projectGrants } from "../changes-grants";
import type { StackPolicy } from "../policy";
import type { Resource } from "../stack";

export const grantsAreBounded: StackPolicy = {
  id: "iam/grants-are-bounded",
  types: projectGrants,
  why: "Who may change grants on a project without a bound makes itself the owner (https://cloud.google.com/iam/docs/setting-limits-on-granting-roles).",
  controls: ["NIST 800-53 AC-3", "NIST 800-53 AC-6"],
  checkStacks: (stacks) => {
    const changesGrants = grantChanges(stacks);
    return stacks.flatMap((stack) =>
      stack
        .ofType(...projectGrants)
        .filter((grant) => changesGrants(grant, stack) && !isBounded(grant))
        .map(({ address }) => ({
          stack: stack.name,
          address,
          message:
            "'condition.expression' must bound the grants that the role can change: api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([...])",
        })),
    );
  },
};

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
