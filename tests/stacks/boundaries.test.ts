import { repositoryPlatform, type StackJson, synthesise } from "../support/platform";

const stacks = synthesise(repositoryPlatform());

test("stacks do not read each other's state", () => {
  for (const json of stacks.values()) {
    expect(JSON.stringify(json)).not.toContain("terraform_remote_state");
  }
});

test("every reference is to a resource of the same stack", () => {
  for (const json of stacks.values()) {
    const own = new Set(
      [...Object.entries(json.resource), ...Object.entries(json.data ?? {})].flatMap(([type, named]) =>
        Object.keys(named).map((name) => `${type}.${name}`),
      ),
    );
    const referred = [...JSON.stringify(json).matchAll(/\$\{(?:data\.)?(google_\w+\.[\w-]+)\./g)].map(
      ([, address]) => address!,
    );
    expect(referred.filter((address) => !own.has(address))).toEqual([]);
  }
});

test("every grant is made in one stack only: destroying another would revoke it", () => {
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const [stack, json] of stacks) {
    for (const grant of grants(json)) {
      const other = seen.get(grant);
      if (other !== undefined) {
        twice.push(`${grant} in ${other} and ${stack}`);
      }
      seen.set(grant, stack);
    }
  }
  expect(seen.size).toBeGreaterThan(30);
  expect(twice).toEqual([]);
});

/** Grants of a stack as `type resource role member`, with references to its own resources replaced by their names. */
function grants(json: StackJson): string[] {
  const text = (value: unknown) =>
    String(value).replace(/\$\{(google_\w+)\.([\w-]+)\.\w+\}/g, (_, type: string, name: string) => {
      const target = json.resource[type]?.[name] ?? {};
      return String(
        target["account_id"] ?? target["name"] ?? target["table_id"] ?? target["dataset_id"] ?? `${type}.${name}`,
      );
    });
  return Object.entries(json.resource)
    .filter(([type]) => type.endsWith("_iam_member"))
    .flatMap(([type, members]) =>
      Object.values(members).map((args) =>
        Object.entries(args)
          .filter(([key]) => !["//", "depends_on", "provider"].includes(key))
          .map(([, value]) => text(value).replace(/^serviceAccount:([^@]+)@acme.*$/, "$1"))
          .concat(type)
          .sort()
          .join(" "),
      ),
    );
}
