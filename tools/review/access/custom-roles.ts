import { isNothing, isUnknown, listOf, textOf } from "../../../policies/arguments";
import type { PlannedStack } from "../planned-stack";
import { knownAfterApply } from "./grant";
import { mayBeSame } from "./made";
import { projectOf } from "./place";

interface CustomRole {
  readonly stack: string;
  readonly id: string;
  /** Project or organization that has it; empty where only Terraform will know. */
  readonly owner: string;
  readonly isCreated: boolean;
  readonly permissions: readonly string[];
}

/** What the custom roles hold that plans make, change or leave. */
export class CustomRoles {
  private readonly roles: readonly CustomRole[];

  constructor(stacks: readonly PlannedStack[]) {
    this.roles = stacks.flatMap(({ name: stack, changes }) =>
      changes
        .filter(({ type, isManaged, planned }) => /_iam_custom_role$/.test(type) && isManaged && planned.after !== null)
        .map(({ after, isCreated }) => ({
          ...{ stack, isCreated, id: textOf(after["role_id"]) },
          owner: isNothing(after["org_id"]) ? projectOf(after, []) : textOf(after["org_id"]),
          permissions: listOf(after["permissions"])
            .filter((permission) => !isUnknown(permission))
            .map(textOf),
        })),
    );
  }

  /**
   * Permissions of a role by the name that a grant has. Google makes the name of a new role: a grant beside it that will know its role
   * only then may be of any new role of the stack.
   */
  permissionsOf(role: string, stack: string): readonly string[] {
    const [, owner, id] = /^(?:projects|organizations)\/([^/]+)\/roles\/([^/]+)$/.exec(role) ?? [];
    const named = this.roles.filter((each) =>
      role === knownAfterApply
        ? each.isCreated && each.stack === stack
        : each.id === id && owner !== undefined && mayBeSame(each.owner, owner),
    );
    return [...new Set(named.flatMap(({ permissions }) => permissions))];
  }
}
