import { readdirSync } from "node:fs";
import { join } from "node:path";

import { policies } from "../../policies/policies";

const notRules = ["check.ts", "policies.ts", "policy.ts"];
const folder = (...names: string[]) => readdirSync(join(__dirname, "..", "..", ...names));

test("every rule is in the list", () => {
  expect(policies).toHaveLength(folder("policies").filter((file) => !notRules.includes(file)).length);
});

test("every rule has a test", () => {
  const tests = folder("tests", "policies");
  const rules = folder("policies").filter((file) => !notRules.includes(file));
  expect(rules.filter((file) => !tests.includes(file.replace(/\.ts$/, ".test.ts")))).toEqual([]);
});

test("ids are unique, since people acknowledge findings by them", () => {
  expect(new Set(policies.map(({ id }) => id)).size).toBe(policies.length);
});

test.each(policies)("$id is a service and a rule, looks at resources of Google, and says why", ({ id, types, why }) => {
  expect(id).toMatch(/^[a-z][a-z-]*\/[a-z0-9][a-z0-9-]*$/);
  expect(types.length).toBeGreaterThan(0);
  expect(types.filter((type) => type !== "*" && !/^google_[a-z0-9_]+$/.test(type))).toEqual([]);
  expect(why).toMatch(/^\S.*\.$/);
});

/** Every argument that a policy reads, and the arguments of blocks below. */
const names = [
  "conditions",
  "condition_threshold",
  "condition_absent",
  "duration",
  "public_access_prevention",
  "uniform_bucket_level_access",
  "kms_key_name",
  "encryption",
  "default_kms_key_name",
  "encryption_spec",
  "encryption_configuration",
  "default_encryption_configuration",
  "cmek_settings",
  "template",
  "parameters",
  "traffic_split",
  "rotation_period",
  "purpose",
  "role",
  "member",
  "members",
  "ip_configuration",
  "quota_config",
  "preferred_value",
  "traffic",
  "percent",
  "disable_on_destroy",
  "private_ip_google_access",
  "expiration_policy",
  "ttl",
];
const all = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]));

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
];

const arranged = (value: unknown) => [{}, all(value), all(all(value)), all([all(value)]), all([all([all(value)])])];

test.each(policies)("$id answers with text or nothing, whatever it is given", ({ check, types }) => {
  for (const args of hostile.flatMap(arranged)) {
    for (const type of types) {
      expect(["string", "undefined"]).toContain(typeof check(args, type));
    }
  }
});
