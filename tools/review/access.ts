import { isObject, listOf, textOf } from "../../policies/arguments";
import type { Change } from "./change";
import type { PlannedStack } from "./planned-stack";
import type { AccessChange } from "./review";

/** Every member that gets or loses a role. */
export function accessChangesOf(stacks: readonly PlannedStack[]): AccessChange[] {
  const rank = { gets: 0, "may get": 1, loses: 2 };
  return stacks
    .flatMap(({ name, changes }) => changes.flatMap((change) => accessOf(name, change)))
    .sort((one, other) => rank[one.effect] - rank[other.effect]);
}

/** Whether somebody may do more than before. */
export function isBroadened(access: readonly AccessChange[]): boolean {
  return access.some(({ effect }) => effect !== "loses");
}

function accessOf(stack: string, { address, type, planned }: Change): AccessChange[] {
  if (!type.endsWith("_iam_member")) {
    return [];
  }
  const describe = (effect: AccessChange["effect"], values: unknown): AccessChange[] => {
    const args = isObject(values) ? values : {};
    const condition = listOf(args["condition"]).find(isObject);
    const grant = { member: textOf(args["member"]), role: textOf(args["role"]), resource: type };
    return isObject(values)
      ? [{ effect, stack, address, ...grant, condition: condition ? textOf(condition["expression"]) : null }]
      : [];
  };
  return planned.actions.includes("no-op")
    ? []
    : [...describe("loses", planned.before), ...describe("gets", planned.after)];
}
