import { checkArguments } from "../../policies/check";
import { plannedArguments } from "../../policies/planned";
import { policies } from "../../policies/policies";
import type { Change } from "./change";
import type { PlannedStack } from "./planned-stack";
import type { Hit, ReviewRule } from "./rules/rule";
import { argumentName } from "./differences/difference";

export interface PolicyHit {
  readonly rule: Omit<ReviewRule, "find">;
  readonly hit: Hit;
}

const described = new Map(
  policies.map(({ id, kind, why }) => [
    id,
    {
      id,
      title: kind === "value" ? "Google will refuse a value" : "A security default is undone",
      severity: "high" as const,
      why,
      check: `What does 'mlp policies' say of ${id}? Is there a reason to break it, and until when?`,
    },
  ]),
);

/** Policies of `mlp check` that planned values break. What an object broke before, and no change touches, is a note. */
export function policyHits({ changes }: PlannedStack): PolicyHit[] {
  return changes
    .filter(({ isManaged, planned }) => isManaged && planned.after !== null)
    .flatMap((change) => {
      const { type, planned } = change;
      const broken = checkArguments(type, plannedArguments(planned.after, planned.afterUnknown));
      const before = broken.length > 0 && planned.before !== null ? checkArguments(type, planned.before) : [];
      return broken.map(({ policy, message }): PolicyHit => {
        const isOld = before.some((each) => each.policy === policy && each.message === message);
        return {
          rule: described.get(policy)!,
          hit: { ...hitOf(change, message), ...(isOld ? { severity: "low" } : {}) },
        };
      });
    });
}

/** The message names the arguments it is about in quotes. */
function hitOf(change: Change, message: string): Hit {
  const named = [...message.matchAll(/'([\w.]+)'/g)].map(([, name]) => name!);
  return {
    address: change.address,
    deposed: change.planned.deposed,
    message,
    differences: change.differences.filter(({ path }) => named.includes(argumentName(path))),
  };
}
