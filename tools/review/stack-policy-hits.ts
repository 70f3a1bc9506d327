import { type Arguments, unknown } from "../../policies/arguments";
import { checkTogether } from "../../policies/check";
import { stackPolicies } from "../../policies/policies";
import { Stack } from "../../policies/stack";
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
  const check = (side: "before" | "after") => {
    const stacks = planned.map(({ name, changes }) => stackOf(name, changes, side));
    return checkTogether(stacks, (id) => Object.hasOwn(judged, id));
  };
  const before = new Set(check("before").map((finding) => JSON.stringify(placeOf(finding))));
  return check("after")
    .filter((finding) => !before.has(JSON.stringify(placeOf(finding))))
    .flatMap(({ stack, policy, address: key, message }) => {
      const changes = planned.find(({ name }) => name === stack)?.changes ?? [];
      const change = changes.find((each) => keyOf(each) === key);
      const wasThere = change ? !change.isCreated : changes.some(({ type, isCreated }) => type === key && !isCreated);
      return wasThere || (change && judged[policy]!.onNew)
        ? [
            {
              stack,
              rule: described.get(policy)!,
              hit: { address: change?.address ?? key, message: readable(message) },
            },
          ]
        : [];
    });
}

/** The managed objects of a stack as Terraform's JSON would have them, before or after the plan. */
function stackOf(name: string, changes: readonly Change[], side: "before" | "after"): Stack {
  const resource: Record<string, Record<string, Arguments>> = {};
  for (const change of changes.filter(({ isManaged, planned }) => isManaged && planned.deposed === undefined)) {
    if (change.planned[side] !== null) {
      resource[change.type] ??= {};
      resource[change.type]![change.address] = withMarks(change[side], change.address);
    }
  }
  return Stack.of(name, { resource });
}

/** Two values that are known after apply are not the same value. */
function withMarks(args: Arguments, address: string): Arguments {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      value === unknown ? `\${known after apply: ${address} ${name}}` : value,
    ]),
  );
}

/** Keys in a message as the addresses that they were made of. */
function readable(message: string): string {
  return message.replace(/\b(google_\w+)\.(?=module\.|\1\.)/g, "");
}

function keyOf({ type, address }: Change): string {
  return `${type}.${address}`;
}

function placeOf({ stack, policy, address }: { stack: string; policy: string; address: string }): string[] {
  return [stack, policy, address];
}
