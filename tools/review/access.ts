import { isUnknown, textOf } from "../../policies/arguments";
import { asides, grantsOf } from "./access/grants-of";
import { type Grant, knownAfterApply } from "./access/grant";
import type { Change } from "./change";
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
  return steps.map((step): AccessStep => {
    const { stack, change, member, role, resource, condition, isGiven, isDenied } = step;
    const isSure = ![member, role, resource].some((text) => text.includes(knownAfterApply));
    return {
      effect: isGiven ? (isSure ? "gets" : "may get") : "loses",
      ...{ stack, change, member, resource, condition, address: change.address },
      role: isDenied === true ? `${isGiven ? "no longer denied" : "denied"}: ${role}` : role,
      isOnNew: made.resourceOf(change),
      isForNew: made.account(member),
      conditionsBefore: isGiven ? (lost.get(holder(step)) ?? []) : [],
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
  const [old, next] = [grantsOf(type, before), grantsOf(type, after)];
  const has = (grants: readonly Grant[], grant: Grant) => grants.some((each) => keyOf(each) === keyOf(grant));
  const step = (grant: Grant, isGiven: boolean): Step => ({
    ...grant,
    ...{ stack, change, isGiven: grant.isDenied === true ? !isGiven : isGiven },
  });
  return [
    ...(isRole && change.isCreated ? [] : next.filter((grant) => !has(old, grant)).map((grant) => step(grant, true))),
    ...old.filter((grant) => !has(next, grant)).map((grant) => step(grant, false)),
  ];
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

function holder({ member, role, resource }: Grant): string {
  return JSON.stringify([member, role, resource]);
}

/** Last part of a name, without the domain of an account. */
function lastOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1).replace(/@.*/, "");
}

/** What the plans make, as far as grants name it. */
class Made {
  /** By type, the last parts of names of what is made. */
  private readonly names = new Map<string, Set<string>>();

  constructor(stacks: readonly PlannedStack[]) {
    for (const { type, after } of stacks.flatMap(({ changes }) => changes.filter(({ isCreated }) => isCreated))) {
      const names = this.names.get(type) ?? new Set();
      this.names.set(type, names);
      for (const [argument, value] of Object.entries(after)) {
        if (typeof value === "string" && /(?:^|_)(?:id|name|email)$/.test(argument)) {
          names.add(lastOf(value));
        }
      }
    }
  }

  /** Whether the resource that a grant is on is made: also one whose name only Terraform will know. */
  resourceOf({ type, after, isCreated }: Change): boolean {
    const kind = type.replace(/_(?:iam_(?:member|binding|policy)|access|access_control|acl)$/, "");
    const made = this.names.get(kind);
    if (kind === type || made === undefined) {
      return kind === type && isCreated;
    }
    const named = Object.entries(after)
      .filter(([name, value]) => typeof value === "string" && !asides.has(name))
      .map(([, value]) => textOf(value));
    return named.length > 0 && named.every((name) => isUnknown(name) || made.has(lastOf(name)));
  }

  account(member: string): boolean {
    const id = /^serviceAccount:([^@]+)@/.exec(member)?.[1];
    const names = this.names.get("google_service_account");
    return names !== undefined && (textOf(id) === "" ? member.includes(knownAfterApply) : names.has(id!));
  }
}
