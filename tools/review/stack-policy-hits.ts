import { type Arguments, isUnknown, textOf, unknown } from "../../policies/arguments";
import { checkTogether } from "../../policies/check";
import { stackPolicies } from "../../policies/policies";
import { Resource, Stack } from "../../policies/stack";
import type { Change } from "./change";
import type { PlannedStack } from "./planned-stack";
import type { PolicyHit } from "./policy-hits";
import type { Described } from "./rules/rule";

/**
 * Policies over stacks that can be judged by planned values, and whether they can for a new object: what refers to another new one
 * is known after apply. `prevent_destroy` is in no plan.
 */
const judged: Readonly<Record<string, { readonly onNew: boolean }>> = {
  "billing/project-has-budget": { onNew: false },
  "compute/network-denies-ingress": { onNew: false },
  "iam/granted-once": { onNew: true },
  "iam/one-account-per-workload": { onNew: true },
  "kms/key-is-granted": { onNew: false },
  "logging/audit-logs-are-kept": { onNew: false },
  "logging/data-access-is-audited": { onNew: false },
  "logging/sink-may-write": { onNew: false },
  "pubsub/dead-letter-is-granted": { onNew: true },
};

const described = new Map(
  stackPolicies.map(({ id, why }): [string, Described] => [
    id,
    {
      id,
      title: "A rule over the stacks is broken",
      severity: "high",
      why,
      check: `What does 'mlp policies' say of ${id}? Does another stack, that was not planned here, have what is missing?`,
    },
  ]),
);

/**
 * Policies over stacks that the plans break and that were not broken before: what was, may only be so since a stack is not among those
 * that were planned.
 */
export function stackPolicyHits(planned: readonly PlannedStack[]): (PolicyHit & { readonly stack: string })[] {
  if (planned.every(({ changes }) => changes.every(({ kind }) => kind === "none"))) {
    return [];
  }
  const unchanged = new Map<Change, Planned>();
  const check = (side: "before" | "after") => {
    const stacks = planned.map(({ name, changes }) => stackOf(name, changes, side, unchanged));
    return checkTogether(stacks, (id) => Object.hasOwn(judged, id));
  };
  const before = new Set(check("before").map((finding) => JSON.stringify(placeOf(finding))));
  return check("after")
    .filter((finding) => !before.has(JSON.stringify(placeOf(finding))))
    .flatMap(({ stack, policy, address, message }) => {
      const changes = planned.find(({ name }) => name === stack)?.changes ?? [];
      const change = changes.find((each) => each.address === address && each.planned.deposed === undefined);
      const wasThere = change
        ? !change.isCreated
        : changes.some(({ type, isCreated }) => type === address && !isCreated);
      return wasThere || (change && judged[policy]!.onNew)
        ? [
            {
              stack,
              rule: described.get(policy)!,
              hit: { address, message },
            },
          ]
        : [];
    });
}

/** A planned object whose arguments are brought into shape once: policies over stacks look at each many times. */
class Planned extends Resource {
  private shaped: Arguments | undefined;

  override get args(): Arguments {
    this.shaped ??= super.args;
    return this.shaped;
  }
}

/** The managed objects of a stack, before or after the plan; those that stay as they are, the same in both. */
function stackOf(
  name: string,
  changes: readonly Change[],
  side: "before" | "after",
  unchanged: Map<Change, Planned>,
): Stack {
  const there = changes.filter(
    ({ isManaged, planned }) => isManaged && planned.deposed === undefined && planned[side] !== null,
  );
  const resources = there.map((change) => {
    const { type, address, kind } = change;
    const resource = unchanged.get(change) ?? new Planned(type, address, withMarks(change[side], address));
    if (kind === "none") {
      unchanged.set(change, resource);
    }
    return resource;
  });
  const project = there
    .map((change) => change[side]["project"])
    .find((value) => textOf(value) !== "" && !isUnknown(value));
  return new Stack(name, resources, typeof project === "string" ? project : undefined, undefined);
}

/** Two values that are known after apply are not the same value. An unknown project is that of the stack. */
function withMarks(args: Arguments, address: string): Arguments {
  return Object.fromEntries(
    Object.entries(args)
      .filter(([name, value]) => name !== "project" || value !== unknown)
      .map(([name, value]) => [name, value === unknown ? `\${known after apply: ${address} ${name}}` : value]),
  );
}

function placeOf({ stack, policy, address }: { stack: string; policy: string; address: string }): string[] {
  return [stack, policy, address];
}
