import { type Arguments, blocks, isNothing, isUnknown, listOf, parseJson, textOf } from "../../../policies/arguments";
import { bigqueryAccess, bucketAccessControl, denyRules, federation, permissionsOf, rowAccess } from "./other-grants";
import { type Grant, knownAfterApply } from "./grant";
import { placeOf, places, shortName } from "./place";

/** Types that give access in a form of their own. */
const others: Readonly<Record<string, (args: Arguments) => readonly Grant[]>> = {
  google_bigquery_dataset: (args) => blocks(args["access"]).flatMap((access) => bigqueryAccess(access, args)),
  google_bigquery_dataset_access: (args) => bigqueryAccess(args, args),
  google_bigquery_row_access_policy: rowAccess,
  google_iam_deny_policy: denyRules,
  google_iam_workload_identity_pool_provider: federation,
  google_organization_iam_custom_role: permissionsOf,
  google_project_iam_custom_role: permissionsOf,
  google_storage_bucket_access_control: bucketAccessControl,
  google_storage_bucket_acl: bucketAccessControl,
  google_storage_default_object_access_control: bucketAccessControl,
  google_storage_default_object_acl: bucketAccessControl,
  google_storage_object_access_control: bucketAccessControl,
  google_storage_object_acl: bucketAccessControl,
};

/** Every grant that an object's values hold; none where they are not there. */
export function grantsOf(type: string, args: Arguments): readonly Grant[] {
  const form = /^google_(.+)_iam_(member|binding|policy)$/.exec(type);
  if (form === null) {
    return Object.hasOwn(others, type) ? others[type]!(args) : [];
  }
  const names = namesOf(args);
  const resource = resourceText(form[1]!, names, args);
  const place = names.length > 0 ? placeOf(args, names) : "";
  const bindings =
    form[2] === "policy" ? policyBindings(args["policy_data"]) : Object.keys(args).length > 0 ? [args] : [];
  return bindings.flatMap((binding) =>
    [...listOf(binding["member"]), ...listOf(binding["members"])].map((member) => ({
      member: text(member),
      role: text(binding["role"]),
      resource,
      place,
      condition: conditionOf(binding["condition"]),
    })),
  );
}

/** `policy_data` is a policy as JSON; known after apply it may be anything. */
function policyBindings(data: unknown): readonly Arguments[] {
  if (isUnknown(data)) {
    return [{ member: data, role: data }];
  }
  const policy = parseJson(data);
  return blocks(policy).flatMap(({ bindings }) => blocks(bindings));
}

function conditionOf(value: unknown): string | null {
  const [condition] = blocks(value);
  return condition === undefined || isNothing(condition["expression"]) ? null : text(condition["expression"]);
}

/** What says how a grant is made, not what it is on. */
const asides: ReadonlySet<string> = new Set([
  ...["condition", "entity", "etag", "id", "member", "members", "policy_data", "role", "timeouts"],
  ...places,
]);

/** Names that the arguments give what a grant is on. */
export function namesOf(args: Arguments): string[] {
  return Object.entries(args)
    .filter(([name, value]) => !asides.has(name) && typeof value === "string")
    .map(([, value]) => text(value));
}

/** The resource in words: its type and names; a project is named by no other argument. */
function resourceText(kind: string, names: readonly string[], args: Arguments): string {
  const name = names.map(shortName).join("/") || shortName(text(args["project"]));
  return [kind.replaceAll("_", " "), name].filter(Boolean).join(" ");
}

function text(value: unknown): string {
  return isUnknown(value) ? knownAfterApply : textOf(value);
}
