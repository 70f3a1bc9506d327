import { App } from "cdktf";

import { projectRoles, resourceRoles } from "../../catalog/granted-roles";
import { bootstrapTypes, deployedTypes, readTypes } from "../../catalog/terraform-permissions";
import { omit } from "../../config/omit";
import type { PlatformConfig } from "../../config/platform";
import { BootstrapStack } from "../../stacks/bootstrap";
import { bootstrapNames } from "../../stacks/bootstrap-names";
import { repositoryPlatform, type StackJson, synthesise } from "../support/platform";
import { everything } from "../support/everything";

type Arguments = Readonly<Record<string, unknown>>;
type Stacks = ReturnType<typeof synthesise>;

const platforms = [...["sandbox", "dev", "prod"].map(repositoryPlatform), everything()];

const [sandbox, dev, prod, full] = platforms.map(synthesise) as [Stacks, Stacks, Stacks, Stacks];

/** The stack alone: the others take a second. */
function bootstrapOf({ name, environment }: PlatformConfig): StackJson {
  const stack = new BootstrapStack(new App(), { environmentName: name, environment });
  stack.prepareStack();
  return stack.toTerraform() as StackJson;
}

const bootstrap = prod.get("bootstrap")!;
const resourcesOf = (json: StackJson, type: string) => Object.values(json.resource[type] ?? {}) as Arguments[];
const only = (json: StackJson, type: string, where: (args: Arguments) => boolean = () => true) => {
  const [found, ...more] = resourcesOf(json, type).filter(where);
  expect([found !== undefined, more]).toEqual([true, []]);
  return found!;
};

/** Stacks that CI applies, of all platforms. */
const deployed = [sandbox, dev, prod, full].flatMap((stacks, index) =>
  [...stacks].filter(([name]) => name !== "bootstrap").map(([, json]) => ({ platform: platforms[index]!, json })),
);

const typesIn = (kind: "resource" | "data") =>
  [...new Set(deployed.flatMap(({ json }) => Object.keys(json[kind] ?? {})))].sort();

test("every type that CI applies has its permissions in the catalog, and no other type has", () => {
  expect(Object.keys(deployedTypes).sort()).toEqual(typesIn("resource"));
});

test("so have the types that only the bootstrap stack has, and the data sources of all", () => {
  const own = new Set([sandbox, dev, prod, full].flatMap((stacks) => Object.keys(stacks.get("bootstrap")!.resource)));
  expect(Object.keys(bootstrapTypes).sort()).toEqual([...own].filter((type) => !(type in deployedTypes)).sort());
  expect(Object.keys(readTypes).sort()).toEqual(typesIn("data"));
});

/** Roles in the grants of the stacks that CI applies, as the catalog writes them. */
function granted(where: (type: string) => boolean): string[] {
  const roles = deployed.flatMap(({ platform, json }) =>
    Object.entries(json.resource)
      .filter(([type]) => /_iam_(member|binding)$/.test(type) && where(type))
      .flatMap(([, named]) => Object.values(named))
      .map(({ role }) => String(role).replace(`projects/${platform.environment.project}/roles/`, "")),
  );
  return [...new Set(roles)].sort();
}

test("the deployer may grant what the stacks grant, and nothing else", () => {
  const listed = ({ predefined, custom }: typeof projectRoles) => [...predefined, ...custom].sort();
  expect(listed(projectRoles)).toEqual(granted((type) => type === "google_project_iam_member"));
  expect(listed(resourceRoles)).toEqual(granted((type) => type !== "google_project_iam_member"));
});

const roleOf = (json: StackJson, roleId: string) =>
  only(json, "google_project_iam_custom_role", ({ role_id: id }) => id === roleId)["permissions"] as string[];

test("the planner reads what is set and never what is kept", () => {
  const permissions = roleOf(bootstrap, "terraformPlanner");
  expect(permissions.filter((name) => !/\.(?:get|list|getIamPolicy|fullView)$/.test(name))).toEqual([]);
  expect(permissions.filter((name) => /objects\.|getData|secret|versions\.access|tables\.list/i.test(name))).toEqual(
    [],
  );
});

test("the deployer reads all that the planner reads of what it applies", () => {
  const deployer = roleOf(bootstrap, "terraformDeployer");
  const own = new Set(Object.values(bootstrapTypes).flat());
  expect(roleOf(bootstrap, "terraformPlanner").filter((name) => !own.has(name) && !deployer.includes(name))).toEqual(
    [],
  );
});

test("the deployer cannot change what bounds it", () => {
  const permissions = roleOf(bootstrap, "terraformDeployer");
  const bounds = ["resourcemanager.projects.setIamPolicy", "iam.roles.update", "iam.roles.create"];
  expect(permissions.filter((name) => bounds.includes(name) || /workloadIdentity/.test(name))).toEqual([]);
  expect(roleOf(bootstrap, "terraformProjectGrants")).toEqual(["resourcemanager.projects.setIamPolicy"]);
});

test("a custom role fits what IAM takes: 3,000 permissions, 64 KB", () => {
  for (const role of resourcesOf(bootstrap, "google_project_iam_custom_role")) {
    expect((role["permissions"] as string[]).length).toBeLessThanOrEqual(3_000);
    expect(JSON.stringify(role).length).toBeLessThan(64 * 1024);
  }
});

test.each(["terraformDeployer", "terraformProjectGrants"])("%s is granted under a bound that IAM takes", (roleId) => {
  const [name] = Object.entries(bootstrap.resource["google_project_iam_custom_role"]!).find(
    ([, { role_id: id }]) => id === roleId,
  )!;
  const { condition } = only(bootstrap, "google_project_iam_member", ({ role }) => String(role).includes(name));
  const { expression } = condition as { expression: string };
  expect(expression.match(/&&|\|\|/g)?.length ?? 0).toBeLessThanOrEqual(12);
  const lists = [...expression.matchAll(/hasOnly\(\[([^\]]*)\]\)/g)].map(([, list]) => list!.split(", "));
  expect(lists.filter((list) => list.length > 10)).toEqual([]);
  const roles = roleId === "terraformDeployer" ? resourceRoles : projectRoles;
  expect(lists.flat().map((role) => role.replace("projects/acme-ml-prod/roles/", ""))).toEqual(
    [...roles.predefined, ...roles.custom].map((role) => `'${role}'`),
  );
});

test("the deployer writes every state but that of the bootstrap, which gives it what it may", () => {
  const writers = resourcesOf(bootstrap, "google_storage_bucket_iam_member").filter(
    ({ role }) => role === "roles/storage.objectUser",
  );
  expect(writers.map(({ condition }) => (condition as Arguments)["expression"])).toEqual([
    "!resource.name.extract('/objects/{object}').startsWith('prod-bootstrap/')",
  ]);
});

test("objects are read in the buckets where Terraform makes objects, and in no other", () => {
  const made = deployed.flatMap(({ json }) =>
    resourcesOf(json, "google_storage_bucket_object").map(({ bucket }) => {
      const id = /google_storage_bucket\.([\w-]+)\./.exec(String(bucket))?.[1];
      return id === undefined ? String(bucket) : String(json.resource["google_storage_bucket"]![id]!["name"]);
    }),
  );
  expect(made.filter((name) => !name.endsWith("-rollouts"))).toEqual([]);
  const grants = resourcesOf(bootstrap, "google_project_iam_member").filter(({ role }) => /storage/.test(String(role)));
  expect(grants.map(({ role, condition }) => [role, (condition as Arguments)["expression"]])).toEqual(
    ["roles/storage.objectViewer", "roles/storage.objectUser"].map((role) => [
      role,
      "resource.type == 'storage.googleapis.com/Object' && resource.name.extract('projects/_/buckets/{bucket}/objects/').endsWith('-rollouts')",
    ]),
  );
});

test("the stacks of an environment keep their states in the bucket that it makes", () => {
  for (const [index, stacks] of [dev, prod].entries()) {
    const { name: bucket } = only(stacks.get("bootstrap")!, "google_storage_bucket");
    expect(stacks.get("foundation")!.terraform["backend"]).toMatchObject({ gcs: { bucket } });
    expect(bucket).toBe(bootstrapNames(platforms[index + 1]!.environment).stateBucket);
  }
});

test("the bucket of an environment's states is kept, also where other things may be deleted", () => {
  const bucket = (stacks: Stacks) => only(stacks.get("bootstrap")!, "google_storage_bucket");
  const kept = { force_destroy: false, lifecycle: { prevent_destroy: true } };
  expect([bucket(dev), bucket(prod)]).toMatchObject([kept, kept]);
  expect(bucket(prod)).not.toHaveProperty("retention_policy");
  expect(bucket(prod)).toMatchObject({
    versioning: { enabled: true },
    soft_delete_policy: { retention_duration_seconds: 30 * 86_400 },
    lifecycle_rule: expect.arrayContaining([
      {
        action: { type: "Delete" },
        condition: { num_newer_versions: 50, days_since_noncurrent_time: 90, with_state: "ARCHIVED" },
      },
    ]) as unknown,
  });
  expect(bucket(sandbox)).toMatchObject({ force_destroy: true });
  expect(bucket(sandbox)).not.toHaveProperty("lifecycle");
});

/** The stack with its state in a file, and in its own bucket. */
const moving = (place: "local" | "gcs") => {
  const platform = structuredClone(platforms[2]!);
  Object.assign(platform.environment.state, { bootstrap: place });
  return JSON.parse(
    JSON.stringify(bootstrapOf(platform), (key, value: unknown) => (key === "//" ? undefined : value)),
  ) as StackJson;
};

test("the bootstrap's state moves into its own bucket: nothing but the backend changes", () => {
  const [before, after] = [moving("local"), moving("gcs")];
  expect(before.terraform["backend"]).toEqual({ local: { path: "../../../.terraform-state/prod-bootstrap.tfstate" } });
  expect(after.terraform["backend"]).toEqual({
    gcs: { bucket: "acme-ml-prod-terraform-state", prefix: "prod-bootstrap" },
  });
  const rest = (json: StackJson) => ({ ...json, terraform: omit(json.terraform, "backend") });
  expect(rest(after)).toEqual(rest(before));
});

test("an environment without CI has no identities for it", () => {
  const platform = structuredClone(platforms[0]!);
  platform.environment.ci = {};
  const types = Object.keys(bootstrapOf(platform).resource);
  expect(types.filter((type) => /workload_identity|service_account|project_iam_member/.test(type))).toEqual([]);
  expect(types).toContain("google_storage_bucket");
});
