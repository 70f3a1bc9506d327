import { privilegedPermissions } from "../../catalog/privileged-roles";
import { type Arguments, isUnknown } from "../../policies/arguments";
import { CustomRoles } from "./access/custom-roles";
import { grantsOf } from "./access/grants-of";
import { type Grant, knownAfterApply } from "./access/grant";
import { Made } from "./access/made";
import { places } from "./access/place";
import type { Change } from "./change";
import { isForgotten } from "./plan/kind";
import type { PlannedStack } from "./planned-stack";
import type { AccessChange } from "./review";

/** A row of the access table, with what rules look at. */
export interface AccessStep extends AccessChange {
  readonly change: Change;
  /** Whether the resource is made by one of the plans: nothing is in it yet. */
  readonly isOnNew: boolean;
  /** Whether the account that gets it is made by one of the plans. */
  readonly isForNew: boolean;
  /** Conditions under which the same member loses the same role on the same resource; `null` is none. */
  readonly conditionsBefore: readonly (string | null)[];
  /** Permissions by which the holder gets further ones, where a plan says what a custom role holds. */
  readonly privileges: readonly string[];
}

const worked = new WeakMap<readonly PlannedStack[], readonly AccessStep[]>();

/** Every member that gets or loses a role, as rows of a table. */
export function accessChangesOf(stacks: readonly PlannedStack[]): AccessChange[] {
  const rank = { gets: 0, "may get": 1, loses: 2 };
  return accessStepsOf(stacks)
    .map(({ effect, stack, address, member, role, resource, condition }) => ({
      ...{ effect, stack, address, member, role, resource, condition },
    }))
    .sort((one, other) => rank[one.effect] - rank[other.effect]);
}

/** Whether somebody may do more than before. */
export function isBroadened(access: readonly AccessChange[]): boolean {
  return access.some(({ effect }) => effect !== "loses");
}

/** The same for rules; worked out once for the same list of stacks, since every rule on access asks. */
export function accessStepsOf(stacks: readonly PlannedStack[]): readonly AccessStep[] {
  const steps = worked.get(stacks) ?? stepsOf(stacks);
  worked.set(stacks, steps);
  return steps;
}

type Step = Grant & { readonly stack: string; readonly change: Change; readonly isGiven: boolean };

function stepsOf(stacks: readonly PlannedStack[]): AccessStep[] {
  const all = stacks.flatMap(({ name, changes }) => changes.flatMap((change) => stepsIn(name, change)));
  const steps = withoutSwaps(all);
  const lost = new Map<string, (string | null)[]>();
  for (const step of steps.filter(({ isGiven }) => !isGiven)) {
    lost.set(holder(step), [...(lost.get(holder(step)) ?? []), step.condition]);
  }
  const made = new Made(stacks);
  const roles = new CustomRoles(stacks);
  const nameOf = namesOf(steps);
  return steps.map((step): AccessStep => {
    const { stack, change, member, role, condition, isGiven, isDenied } = step;
    const resource = nameOf(step);
    const isSure = ![member, role, resource].some((text) => text.includes(knownAfterApply));
    return {
      effect: isGiven ? (isSure ? "gets" : "may get") : "loses",
      ...{ stack, change, member, resource, condition, address: change.address },
      role: isDenied === true ? `${isGiven ? "no longer denied" : "denied"}: ${role}` : role,
      isOnNew: made.resourceOf(change),
      isForNew: made.account(member),
      conditionsBefore: isGiven ? (lost.get(holder(step)) ?? []) : [],
      privileges: roles
        .permissionsOf(role, stack, change.address)
        .filter((permission) => privilegedPermissions.test(permission)),
    };
  });
}

/** What an object's change gives and takes. A grant whose object is only forgotten stays. */
function stepsIn(stack: string, change: Change): Step[] {
  const { type, kind, isManaged, before, after } = change;
  if (!isManaged || kind === "none" || kind === "move" || kind === "import" || kind === "forget") {
    return [];
  }
  const isRole = type.endsWith("_iam_custom_role");
  const [old, next] = [grantsOf(type, before), grantsOf(type, inPlace(change, after))];
  const has = (grants: readonly Grant[], grant: Grant) => grants.some((each) => keyOf(each) === keyOf(grant));
  const step = (grant: Grant, isGiven: boolean): Step => ({
    ...grant,
    ...{ stack, change, isGiven: grant.isDenied === true ? !isGiven : isGiven },
  });
  return [
    ...(isRole && change.isCreated ? [] : next.filter((grant) => !has(old, grant)).map((grant) => step(grant, true))),
    ...(isForgotten(kind) ? [] : old.filter((grant) => !has(next, grant)).map((grant) => step(grant, false))),
  ];
}

/** Project and location that Terraform works out again for a new object are those of the old one, where they do not force it. */
function inPlace({ before, planned }: Change, after: Arguments): Arguments {
  const forcing = new Set(planned.replacePaths.map(([name]) => name));
  const stays = places.filter((name) => isUnknown(after[name]) && before[name] !== undefined && !forcing.has(name));
  return { ...after, ...Object.fromEntries(stays.map((name) => [name, before[name]])) };
}

/** Resources in words, with the place where the same words mean several. */
function namesOf(steps: readonly Step[]): (step: Step) => string {
  const found = new Map<string, Set<string>>();
  for (const { resource, place } of steps) {
    found.set(resource, (found.get(resource) ?? new Set()).add(place));
  }
  return ({ resource, place }) =>
    found.get(resource)!.size > 1 && place !== "" ? `${resource} of ${place}` : resource;
}

/** What is taken at one address and given at another stays as it was. */
function withoutSwaps(steps: readonly Step[]): Step[] {
  const balance = new Map<string, { given: number; taken: number }>();
  for (const step of steps) {
    const count = balance.get(keyOf(step)) ?? { given: 0, taken: 0 };
    count[step.isGiven ? "given" : "taken"]++;
    balance.set(keyOf(step), count);
  }
  return steps.filter((step) => {
    const { given, taken } = balance.get(keyOf(step))!;
    return given === 0 || taken === 0 || keyOf(step).includes(knownAfterApply);
  });
}

function keyOf(grant: Grant): string {
  return JSON.stringify([holder(grant), grant.condition, grant.isDenied ?? false]);
}

function holder({ member, role, resource, place }: Grant): string {
  return JSON.stringify([member, role, resource, place]);
}
