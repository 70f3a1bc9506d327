import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { policies, stackPolicies } from "../../../policies/policies";
import { reviewRulesPage } from "../../../tools/cli/review-rules-page";
import { reviewRules } from "../../../tools/review/rules/rules";
import { change, stackOf } from "../support/planned";

const root = join(__dirname, "..", "..", "..");
const folder = join(root, "tools", "review", "rules");

test("every rule is in the list", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const rules = files.filter((file) => /^ {2}id: "/m.test(readFileSync(join(folder, file), "utf8")));
  expect(reviewRules).toHaveLength(rules.length);
});

test("every rule is tested", () => {
  const tests = readdirSync(__dirname).map((file) => readFileSync(join(__dirname, file), "utf8"));
  const untested = reviewRules.filter(({ id }) => !tests.some((text) => new RegExp(`"${id}[":]`).test(text)));
  expect(untested.map(({ id }) => id)).toEqual([]);
});

test("ids are unique, among policies too, since people acknowledge findings by them", () => {
  const ids = [...reviewRules, ...policies, ...stackPolicies].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(reviewRules)("$id says what it finds, why, and what to check", ({ id, title, why, check }) => {
  expect(id).toMatch(/^[a-z]+\/[a-z][a-z-]*$/);
  expect(title).toMatch(/^[A-Z].*[^.]$/);
  expect(why).toMatch(/^\S.*\.$/);
  expect(check).toMatch(/^\S.*[.?]$/);
});

test("the page on rules is current: npx mlp review --rules markdown > docs/review-rules.md", () => {
  expect(readFileSync(join(root, "docs", "review-rules.md"), "utf8")).toBe(reviewRulesPage());
});

/** Values of every kind, where every kind of value is expected. */
const oddities: readonly unknown[] = [
  null,
  true,
  -1,
  "",
  "${x}",
  "0.0.0.0/99",
  "{",
  [],
  [null],
  [[1]],
  {},
  { a: null },
];

test("no rule throws, whatever an object holds", () => {
  const source = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
  const types = [...new Set(source.match(/\bgoogle_\w+/g)), "google_project_iam_binding", "google_project_iam_policy"];
  const names = [...new Set(source.match(/\b[a-z]+(?:_[a-z0-9]+)+(?=["'.:])/g))];
  const odd = (shift: number) =>
    Object.fromEntries(names.map((name, at) => [name, oddities[(at + shift) % oddities.length]]));
  const changes = types.flatMap((type, at) => [
    change(type, odd(at), odd(at + 1), { name: "a" }),
    change(type, odd(at), null, { name: "b" }),
    change(type, null, odd(at), { name: "c", change: { after_unknown: odd(at + 5) } }),
    change(type, "text" as never, 7 as never, { name: "d" }),
  ]);
  const stack = stackOf(changes, {
    output_changes: {
      policy: { actions: ["update"], before: { stages: [1], limits: {} }, after: { stages: [], limits: { a: [] } } },
    },
  });
  const hits = reviewRules.flatMap((rule) => rule.find(stack, [stack]));
  expect(hits.length).toBeGreaterThan(100);
  expect(hits.filter(({ message, address }) => typeof message !== "string" || address === "")).toEqual([]);
});
