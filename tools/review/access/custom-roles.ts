import { isNothing, isUnknown, listOf, textOf } from "../../../policies/arguments";
import { withoutIndexes } from "../plan/address";
import type { PlannedStack } from "../planned-stack";
import { knownAfterApply } from "./grant";
import { mayBeSame } from "./made";
import { projectOf } from "./place";

interface CustomRole {
  readonly address: string;
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

  constructor(private readonly stacks: readonly PlannedStack[]) {
    this.roles = stacks.flatMap(({ name: stack, changes }) =>
      changes
        .filter(({ type, isManaged, planned }) => /_iam_custom_role$/.test(type) && isManaged && planned.after !== null)
        .map(({ address, after, isCreated }) => ({
          address: withoutIndexes(address),
          ...{ stack, isCreated, id: textOf(after["role_id"]) },
          owner: isNothing(after["org_id"]) ? projectOf(after, []) : textOf(after["org_id"]),
          permissions: listOf(after["permissions"])
            .filter((permission) => !isUnknown(permission))
            .map(textOf),
        })),
    );
  }

  /** Permissions of a role by the name that a grant has. */
  permissionsOf(role: string, stack: string, grant: string): readonly string[] {
    const [, owner, id] = /^(?:projects|organizations)\/([^/]+)\/roles\/([^/]+)$/.exec(role) ?? [];
    const named =
      role === knownAfterApply
        ? this.madeFor(stack, grant)
        : this.roles.filter((each) => each.id === id && owner !== undefined && mayBeSame(each.owner, owner));
    return [...new Set(named.flatMap(({ permissions }) => permissions))];
  }

  /**
   * Google makes the name of a new role: a grant beside it will know its role only then. Which one it is the configuration tells; where
   * it does not, it may be any new role of the stack.
   */
  private madeFor(stack: string, grant: string): readonly CustomRole[] {
    const made = this.roles.filter((each) => each.isCreated && each.stack === stack);
    const { plan } = this.stacks.find(({ name }) => name === stack) ?? {};
    const addresses = plan?.configuration?.roles.get(withoutIndexes(grant));
    return addresses === undefined ? made : made.filter(({ address }) => addresses.includes(address));
  }
}
