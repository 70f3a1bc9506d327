import type { CloudResource } from "../cloud";
import { kindOf } from "../types/kind-of";
import { findLive } from "../types/soft-deletion";
import { fillTemplate, placeholders } from "../types/template";
import { parseJson } from "../values/json";
import { isList, isObject, text, type Value } from "../values/value";
import type { Refusal, World } from "./rule";

/** Roles that carry a permission which rules ask for. Source: https://cloud.google.com/iam/docs/roles-permissions */
const carriers = {
  "bigquery.tables.get": ["bigquery.metadataViewer", "bigquery.dataViewer", ...bigqueryWriters()],
  "bigquery.tables.updateData": bigqueryWriters(),
  "cloudkms.cryptoKeyVersions.useToEncrypt": ["cloudkms.cryptoKeyEncrypterDecrypter", "cloudkms.cryptoOperator"],
  "iam.serviceAccounts.getAccessToken": ["iam.serviceAccountTokenCreator"],
  "pubsub.topics.publish": ["pubsub.publisher", "pubsub.editor", "pubsub.admin", "editor"],
  "storage.buckets.get": ["storage.legacyBucketReader", ...storageOwners()],
  "storage.objects.create": ["storage.objectCreator", "storage.objectUser", "storage.objectAdmin", ...storageOwners()],
} as const;

export type Permission = keyof typeof carriers;

function bigqueryWriters() {
  return ["bigquery.dataEditor", "bigquery.dataOwner", "bigquery.admin", "editor"] as const;
}

function storageOwners() {
  return ["storage.legacyBucketWriter", "storage.legacyBucketOwner", "storage.admin"] as const;
}

/** Something that grants are made on, such as a topic, or its project. */
export interface Place {
  /** Type of the resource, without the ending of its grants: `google_pubsub_topic`. */
  readonly type: string;
  /** As ids of grants begin with it. */
  readonly id: string;
}

export function projectPlace(project: string): Place {
  return { type: "google_project", id: project };
}

/** What to do about a grant that is not there, or not seen yet. */
export type Lack = Pick<Refusal, "remedy" | "passes">;

/**
 * Why an account does not hold a permission on any of some places: `undefined` where it does, and else what to do about it. A grant
 * that was made a moment ago does not count where grants take their time.
 * @param places from the narrowest to the widest
 */
export function lacks(email: string, permission: Permission, places: readonly Place[], world: World): Lack | undefined {
  const grants = places.flatMap((place) => grantsOf(`serviceAccount:${email}`, permission, place, world));
  const ages = grants.map(({ type, id }) => age(world.cloud.writtenAt(type, id)));
  if (ages.some((seconds) => seconds >= world.iamDelaySeconds)) {
    return undefined;
  }
  const [youngest] = ages.sort((one, other) => other - one);
  return youngest === undefined
    ? {
        remedy: `grant it roles/${carriers[permission][0]} with a ${places[0]!.type}_iam_member, applied before this resource`,
      }
    : {
        remedy: `its grant is ${youngest.toFixed(1)} s old, and grants are seen after ${world.iamDelaySeconds} s: wait for it, or apply again`,
        passes: true,
      };
}

function age(writtenAt: Date | undefined): number {
  return writtenAt === undefined ? Infinity : (Date.now() - writtenAt.getTime()) / 1000;
}

function grantsOf(member: string, permission: Permission, place: Place, world: World): CloudResource[] {
  const { cloud } = world;
  const type = `${place.type}_iam_member`;
  const usual = cloud.get(type, `${place.id}/roles/${carriers[permission][0]}/${member}`);
  if (usual) {
    return [usual];
  }
  const members = cloud
    .list(type)
    .filter(({ id, values }) => id.startsWith(`${place.id}/`) && values["member"] === member)
    .filter(({ values }) => carries(text(values, "role"), permission, world));
  const bindings = cloud
    .list(`${place.type}_iam_binding`)
    .filter((binding) => isOn(binding, type, place) && includes(binding.values["members"], member))
    .filter(({ values }) => carries(text(values, "role"), permission, world));
  const policies = cloud
    .list(`${place.type}_iam_policy`)
    .filter((policy) => isOn(policy, type, place))
    .filter(({ values }) => policyGrants(text(values, "policy_data") ?? "{}", member, permission, world));
  return [...members, ...bindings, ...policies];
}

/** Roles of an organisation hold what the sandbox does not know: they are taken to carry anything. */
function carries(role: string | undefined, permission: Permission, { cloud }: World): boolean {
  if (role === undefined || role.startsWith("organizations/")) {
    return role !== undefined;
  }
  const custom = findLive(cloud, "google_project_iam_custom_role", role)?.values["permissions"];
  return (
    role === "roles/owner" ||
    carriers[permission].some((name) => role === `roles/${name}`) ||
    includes(custom, permission)
  );
}

function includes(list: Value | undefined, item: string): boolean {
  return isList(list) && list.includes(item);
}

/** Bindings and policies have ids that say nothing; what they are on is in their arguments, named as in single grants. */
function isOn({ values }: CloudResource, grantType: string, place: Place): boolean {
  const template = kindOf(grantType).id.replace("/{role}/{member}", "");
  const known = placeholders(template).every((name) => text(values, name) !== undefined);
  return known && fillTemplate(template, values) === place.id;
}

function policyGrants(json: string, member: string, permission: Permission, world: World): boolean {
  const policy = parseJson(json);
  const bindings = isObject(policy) ? policy["bindings"] : undefined;
  return (
    isList(bindings) &&
    bindings
      .filter(isObject)
      .some((binding) => includes(binding["members"], member) && carries(text(binding, "role"), permission, world))
  );
}
