import { isBroadRole, isImpersonationRole, publicMembers } from "../../../../catalog/privileged-roles";
import { type AccessStep, accessStepsOf } from "../../access";
import { knownAfterApply } from "../../access/grant";
import type { Change } from "../../change";
import type { PlannedStack } from "../../planned-stack";
import { severities as allSeverities, type Severity } from "../../severity";
import type { Described, Hit, ReviewRule } from "../rule";
import { together } from "../wording";

/** Why somebody's getting a role is worth a look: each is told once, for the worst of its reasons. */
export type Concern =
  "public" | "condition" | "broad" | "impersonation" | "custom role" | "permission" | "federation" | "denial" | "other";

/** A rule about access that somebody gets: one finding for each object that gives it. */
export function accessRule(
  rule: Described & {
    readonly concern: Concern;
    readonly severityOf: (step: AccessStep, stack: PlannedStack) => Severity | undefined;
  },
): ReviewRule {
  const { concern, severityOf, ...described } = rule;
  return {
    ...described,
    find: (stack, others) =>
      byChange(accessStepsOf(others).filter((step) => step.stack === stack.name && step.effect !== "loses")).flatMap(
        (steps) => {
          const found = steps.filter((step) => concernOf(step) === concern);
          const severity = worst(found.map((step) => severityOf(step, stack)));
          return severity ? [{ ...hitOf(found), severity }] : [];
        },
      ),
  };
}

/** Steps of one object together. */
export function byChange(steps: readonly AccessStep[]): readonly (readonly AccessStep[])[] {
  const groups = new Map<Change, AccessStep[]>();
  for (const step of steps) {
    groups.set(step.change, [...(groups.get(step.change) ?? []), step]);
  }
  return [...groups.values()];
}

export function hitOf(steps: readonly AccessStep[]): Hit {
  const { change } = steps[0]!;
  const told = ["member", "members", "role", "condition", "policy_data", "access", "permissions", "rules"];
  return {
    address: change.address,
    deposed: change.planned.deposed,
    message: together(steps.map(stepText)),
    differences: change.isCreated ? [] : told.flatMap((name) => change.of(name)),
  };
}

function stepText({ effect, member, role, resource, condition, conditionsBefore, privileges }: AccessStep): string {
  const when = condition === null ? "" : `, where ${condition}`;
  const before = conditionsBefore.map((each) => (each === null ? "everywhere" : `where ${each}`));
  const until = before.length > 0 ? `, until now ${before.join(" or ")}` : "";
  const holds =
    privileges.length > 0
      ? `, which ${role === knownAfterApply ? "may hold" : "holds"} ${together(privileges, ", ")}`
      : "";
  return `${member || "nobody"} ${effect} ${role || "a role"} on ${resource}${when}${until}${holds}`;
}

/** Whether a holder of the role can get more than it holds. */
export function isPrivileged({ role, privileges }: AccessStep): boolean {
  return isBroadRole(role) || isImpersonationRole(role) || privileges.length > 0;
}

function concernOf({ member, role, conditionsBefore, privileges, change: { type }, resource }: AccessStep): Concern {
  if (publicMembers.some((name) => member.endsWith(name))) {
    return "public";
  }
  if (type.endsWith("_iam_custom_role") || type === "google_iam_workload_identity_pool_provider") {
    return type.endsWith("_role") ? "permission" : "federation";
  }
  if (resource.startsWith("deny policy")) {
    return "denial";
  }
  return conditionsBefore.length > 0
    ? "condition"
    : isImpersonationRole(role)
      ? "impersonation"
      : isBroadRole(role)
        ? "broad"
        : privileges.length > 0
          ? "custom role"
          : "other";
}

function worst(severities: readonly (Severity | undefined)[]): Severity | undefined {
  return allSeverities.find((severity) => severities.includes(severity));
}
