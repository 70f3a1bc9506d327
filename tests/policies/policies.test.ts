import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { Stack } from "../../policies/stack";
import { policies, stackPolicies } from "../../policies/policies";
import { policiesPage } from "../../tools/cli/policies-page";

const root = join(__dirname, "..", "..");
const rules = [...policies, ...stackPolicies];

test("every rule is in a list", () => {
  const files = ["values", "security", "stacks"].flatMap((folder) => readdirSync(join(root, "policies", folder)));
  expect(rules).toHaveLength(files.length);
});

test("ids are unique, since people acknowledge findings by them", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});

test.each(rules)("$id is a service and a rule, looks at resources of Google, and says why", ({ id, types, why }) => {
  expect(id).toMatch(/^[a-z][a-z-]*\/[a-z0-9][a-z0-9-]*$/);
  expect(types.length).toBeGreaterThan(0);
  expect(types.filter((type) => type !== "*" && !/^google_[a-z0-9_]+$/.test(type))).toEqual([]);
  expect(why).toMatch(/^\S.*\.$/);
});

test("every rule of security names controls, but for those that no standard has", () => {
  const without = [...policies.filter(({ kind }) => kind === "security"), ...stackPolicies].filter(
    (rule) => !rule.controls,
  );
  expect(without.map(({ id }) => id).sort()).toEqual([
    "billing/project-has-budget",
    "cloudquotas/preference-is-protected",
    "iam/granted-once",
    "pubsub/subscription-never-expires",
    "serviceusage/services-stay-enabled",
  ]);
});

test("the page on policies is current: npx mlp policies --markdown > docs/policies.md", () => {
  expect(readFileSync(join(root, "docs", "policies.md"), "utf8")).toBe(policiesPage());
});

const sources = ["values", "security", "stacks"]
  .flatMap((folder) => readdirSync(join(root, "policies", folder)).map((file) => join(root, "policies", folder, file)))
  .map((file) => readFileSync(file, "utf8"));

/** An object that has a value under every name in a policy's source: arguments and blocks are among them. */
function everywhere(id: string): (value: unknown) => Record<string, unknown> {
  const source = sources.find((text) => text.includes(`id: "${id}"`))!;
  const strings = source.match(/"[\w.]+"|\b[a-z]+(?:_[a-z0-9]+)+\b|args\.\w+|\b\w+(?=:)/g) ?? [];
  const names = new Set(strings.flatMap((text) => text.replaceAll(/"|^args\./g, "").split(".")));
  return (value) => Object.fromEntries([...names].map((name) => [name, value]));
}

const hostile: readonly unknown[] = [
  undefined,
  null,
  "",
  "x",
  "${var.x}",
  "{",
  "[]",
  "null",
  '{"1":null}',
  '{"1":{"2":3}}',
  0,
  -1,
  NaN,
  Infinity,
  true,
  false,
  [],
  [[]],
  [null],
  ["x", 1, null, {}],
  {},
  { "": null },
  [{}, {}],
  JSON.parse('{"__proto__":null,"constructor":null}'),
  JSON.parse('{"toString":null,"valueOf":1,"hasOwnProperty":2,"length":-1}'),
  [{ toString: null }],
  "$${literal}",
  "%{ if true }",
  "9".repeat(400),
];

function arranged(id: string, value: unknown): readonly Record<string, unknown>[] {
  const all = everywhere(id);
  return [{}, all(value), all(all(value)), all([all(value)]), all([all([all(value)])])];
}

test.each(policies)("$id answers with text or nothing, whatever it is given", ({ id, check, types }) => {
  for (const args of hostile.flatMap((value) => arranged(id, value))) {
    for (const type of types.slice(0, 3)) {
      const verdict = check(args, type);
      expect(verdict === undefined || [verdict].flat().every((message) => typeof message === "string")).toBe(true);
    }
  }
});

test.each(stackPolicies)("$id answers with breaches, whatever it is given", ({ id, checkStacks, types }) => {
  const looked = [
    ...types.filter((type) => type !== "*"),
    "google_project_service",
    "google_logging_project_sink",
    "google_x_iam_member",
  ];
  for (const args of hostile.flatMap((value) => arranged(id, value))) {
    const resource = Object.fromEntries(looked.map((type) => [type, { a: args, b: args }]));
    const stacks = ["one", "two"].map((name) => Stack.of(name, { resource, provider: args }));
    expect(Array.isArray(checkStacks(stacks))).toBe(true);
  }
});
