import { type Arguments, blocks, isNothing, isUnknown, listOf, textOf, valueAt } from "../../../policies/arguments";
import { type Grant, knownAfterApply } from "./grant";
import { placeOf } from "./place";

/** Who an access block names, by the argument it does it with. */
const holders: Readonly<Record<string, string>> = {
  domain: "domain:",
  group_by_email: "group:",
  iam_member: "",
  special_group: "",
  user_by_email: "user:",
};

/** An access entry of a dataset; without a role it is a view, a routine or another dataset that may read. */
export function bigqueryAccess(access: Arguments, dataset: Arguments): Grant[] {
  const resource = `bigquery dataset ${text(dataset["dataset_id"])}`;
  // The location is the dataset's own: entries beside it do not say it.
  const place = placeOf({ project: dataset["project"] });
  const condition = textOf(valueAt(access, "condition.expression")) || null;
  const named = Object.entries(holders)
    .filter(([argument]) => !isNothing(access[argument]))
    .map(([argument, prefix]) => `${prefix}${text(access[argument])}`);
  const reading = ["view", "routine", "dataset"].flatMap((kind) =>
    blocks(access[kind]).map((block) => `${kind} ${namesIn(block).join(".")}`),
  );
  return [
    ...named.map((member) => ({ member, role: text(access["role"]), resource, place, condition })),
    ...reading.map((member) => ({ member, role: "reads for whoever may use it", resource, place, condition })),
  ];
}

/** Texts of a block and of the blocks within. */
function namesIn(block: Arguments): string[] {
  return Object.values(block).flatMap((value) =>
    typeof value === "string" ? [text(value)] : blocks(value).flatMap(namesIn),
  );
}

export function rowAccess(args: Arguments): Grant[] {
  return listOf(args["grantees"]).map((member) => ({
    member: text(member),
    role: "reads rows",
    resource: `bigquery table ${text(args["dataset_id"])}.${text(args["table_id"])}`,
    place: placeOf(args),
    condition: textOf(args["filter_predicate"]) || null,
  }));
}

/** Access lists of Cloud Storage name entities: `allUsers`, `user-ada@acme.example`; a list holds them as `READER:allUsers`. */
export function bucketAccessControl(args: Arguments): Grant[] {
  const resource = ["storage", args["bucket"], args["object"]].map(text).filter(Boolean).join(" ");
  const own = isNothing(args["entity"]) ? [] : [`${text(args["role"])}:${text(args["entity"])}`];
  return [...own, ...listOf(args["role_entity"]).map(text)].map((entry) => {
    const [role = "", ...entity] = entry.split(":");
    return { member: entity.join(":").replace("-", ":"), role, resource, place: "", condition: null };
  });
}

/** A deny policy takes away: what is denied less is granted more. */
export function denyRules(args: Arguments): Grant[] {
  return blocks(args["rules"]).flatMap((rule) =>
    blocks(rule["deny_rule"]).flatMap((deny) => {
      const spared = listOf(deny["exception_permissions"]).map(text);
      const permissions = listOf(deny["denied_permissions"])
        .map(text)
        .filter((permission) => !spared.includes(permission));
      const grant = {
        role: permissions.join(", "),
        resource: `deny policy of ${text(args["parent"])}`,
        place: "",
        condition: textOf(valueAt(deny, "denial_condition.expression")) || null,
      };
      return [
        ...listOf(deny["denied_principals"]).map((member) => ({ ...grant, member: text(member), isDenied: true })),
        ...listOf(deny["exception_principals"]).map((member) => ({ ...grant, member: text(member) })),
      ];
    }),
  );
}

/** Who may come in through a provider: what the condition lets through of all that the issuer knows. */
export function federation(args: Arguments): Grant[] {
  const id = textOf(args["workload_identity_pool_provider_id"]);
  const issuer = ["oidc.issuer_uri", "aws.account_id"].map((path) => valueAt(args, path));
  return id === "" || args["disabled"] === true
    ? []
    : [
        {
          member: `identities of ${text(issuer.find((value) => typeof value === "string")) || "another issuer"}`,
          role: "signs in",
          resource: `workload identity pool ${text(args["workload_identity_pool_id"])}/${id}`,
          place: placeOf(args),
          condition: text(args["attribute_condition"]) || null,
        },
      ];
}

/** Holders of a role get what it gains. */
export function permissionsOf(args: Arguments): Grant[] {
  return listOf(args["permissions"]).map((permission) => ({
    member: "whoever holds the role",
    role: text(permission),
    resource: `custom role ${textOf(args["role_id"])}`,
    place: textOf(args["org_id"]) || placeOf(args),
    condition: null,
  }));
}

function text(value: unknown): string {
  return isUnknown(value) ? knownAfterApply : textOf(value);
}
