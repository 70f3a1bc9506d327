import { checkArguments } from "../../policies/check";
import { isObject, listOf } from "../../policies/arguments";
import { plannedArguments } from "../../policies/planned";
import { policies } from "../../policies/policies";
import type { Change } from "./change";
import { argumentName } from "./differences/difference";
import { hasMark } from "./differences/marks";
import type { PlannedStack } from "./planned-stack";
import type { Described, Hit } from "./rules/rule";
import { hidden } from "./secrets/redactor";
import type { Severity } from "./severity";

export interface PolicyHit {
  readonly rule: Described;
  readonly hit: Hit;
}

const described = new Map(
  policies.map(({ id, kind, why }): [string, Described] => [
    id,
    {
      id,
      title: kind === "value" ? "Google will refuse a value" : "A security default is undone",
      severity: "high",
      why,
      check: `What does 'mlp policies' say of ${id}? Is there a reason to break it, and until when?`,
    },
  ]),
);

const values = new Set(policies.filter(({ kind }) => kind === "value").map(({ id }) => id));

/** What only matters once there is something to lose: on a new object it is a note. */
const aboutContents = new Set(["platform/data-is-kept"]);

/**
 * Policies of `mlp check` that planned values break, by objects that change. What an object broke before is a note; a value that Google
 * would refuse it has taken already.
 */
export function policyHits({ changes }: PlannedStack): PolicyHit[] {
  return changes
    .filter(({ isManaged, planned, kind }) => isManaged && planned.after !== null && kind !== "none")
    .flatMap((change) => {
      const { type, planned } = change;
      const broken = checkArguments(type, plannedArguments(planned.after, planned.afterUnknown));
      const before = broken.length > 0 && planned.before !== null ? checkArguments(type, planned.before) : [];
      return broken.flatMap(({ policy, message }): PolicyHit[] => {
        const isOld = before.some((each) => each.policy === policy && each.message === message);
        const severity: Severity = isOld || (change.isCreated && aboutContents.has(policy)) ? "low" : "high";
        return isOld && values.has(policy)
          ? []
          : [{ rule: described.get(policy)!, hit: { ...hitOf(change, message), severity } }];
      });
    });
}

/** The message names the arguments it is about in quotes, and says what it got of them last. */
function hitOf(change: Change, message: string): Hit {
  const named = [...message.matchAll(/'([\w.]+)'/g)].map(([, name]) => name!);
  const { afterSensitive } = change.planned;
  return {
    address: change.address,
    deposed: change.planned.deposed,
    message: named.some((name) => isMarked(afterSensitive, name.split("."))) ? withoutValue(message) : message,
    differences: change.differences.filter(({ path }) => named.includes(argumentName(path))),
  };
}

/** Whether the plan marks something at an argument as sensitive: what is short is masked by its place alone. */
function isMarked(marks: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined || typeof marks === "boolean") {
    return hasMark(marks);
  }
  return listOf(marks).some((mark) => isObject(mark) && Object.hasOwn(mark, name) && isMarked(mark[name], rest));
}

function withoutValue(message: string): string {
  return message.replace(/\bgot .*$/s, `got ${hidden}`);
}
