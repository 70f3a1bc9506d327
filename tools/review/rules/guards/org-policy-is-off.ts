import { isTrue, listOf, textOf } from "../../../../policies/arguments";
import { ownOf } from "../own";
import { changeRule } from "../rule";
import { hitOf, worseIn, type Watched } from "../watch-rule";
import { gains, lacks, turnsOn, type Worse } from "../worse";

const lower = (value: unknown) => textOf(value).toLowerCase();

/** A switch that Google writes in capitals: `TRUE`. */
const stopsEnforcing: Worse = { from: (before) => isTrue(lower(before)), to: (after) => !isTrue(lower(after)) };
const allowsAll: Worse = { from: (before) => !isTrue(lower(before)), to: (after) => isTrue(lower(after)) };

/** What a list allows is all that is allowed, where there is one. */
const allowsMore: Worse = {
  from: (before) => listOf(before).length > 0,
  to: (after, before) => gains.to(after, before) || listOf(after).length === 0,
};

const lists = (prefix: string, allowed: string, denied: string): Watched => ({
  [`${prefix}.${allowed}`]: allowsMore,
  [`${prefix}.${denied}`]: lacks,
});

const legacy: Watched = {
  "boolean_policy.enforced": stopsEnforcing,
  "list_policy.allow.all": allowsAll,
  "list_policy.deny.all": stopsEnforcing,
  ...lists("list_policy", "allow.values", "deny.values"),
};

/** Policies of an organization, folder or project, by type. */
const watching: Readonly<Record<string, Watched>> = {
  google_folder_organization_policy: legacy,
  google_org_policy_policy: {
    "spec.reset": turnsOn,
    "spec.rules.allow_all": allowsAll,
    "spec.rules.deny_all": stopsEnforcing,
    "spec.rules.enforce": stopsEnforcing,
    ...lists("spec.rules.values", "allowed_values", "denied_values"),
  },
  google_organization_policy: legacy,
  google_project_organization_policy: legacy,
};

export const orgPolicyIsOff = changeRule({
  id: "guard/org-policy",
  title: "A policy of the organization forbids less",
  severity: "high",
  why: "It stops what every grant would allow: keys of service accounts, public buckets, regions that data must not leave. With the policy goes what stops the next mistake, by whomever (Resource Manager documentation, 'Introduction to the Organization Policy Service').",
  check: "Who decided it, and what does a policy of the folder or the organization still forbid?",
  findIn: (change) => {
    const watched = ownOf(watching, change.type);
    if (watched === undefined || !change.isManaged) {
      return undefined;
    }
    if (change.isDestroyed && !change.isReplaced) {
      return { message: `it is destroyed: ${subject(change.before)} is not forbidden here any longer` };
    }
    const worse = change.isChange ? hitOf(worseIn(change, watched), () => "high") : undefined;
    return (
      worse ??
      (change.isReplaced
        ? {
            severity: "medium",
            message: "it is destroyed, and made again: in between it forbids nothing",
            differences: change.replacing,
          }
        : undefined)
    );
  },
});

/** The constraint, which is the last part of the policy's name. */
function subject({ name, constraint }: Readonly<Record<string, unknown>>): string {
  const text = textOf(constraint) || textOf(name);
  return text === "" ? "what it forbids" : `'${text.slice(text.lastIndexOf("/") + 1)}'`;
}
