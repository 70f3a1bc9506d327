import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { rulesPage } from "../../../tools/cli/rules-page";
import { rules } from "../../../tools/sandbox/rules/rules";

const root = join(__dirname, "../../..");

test("every rule has a file of its name, and is in the list once", () => {
  const files = readdirSync(join(root, "tools/sandbox/rules")).filter((file) =>
    readFileSync(join(root, "tools/sandbox/rules", file), "utf8").includes(": Rule = {"),
  );
  expect(rules.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
});

test.each(rules)("$id says why, and who says so", ({ why, source }) => {
  expect(why).toMatch(/^\S.*\.$/);
  expect(source).not.toBe("");
});

test("the page on rules is current: npx mlp sandbox rules --markdown > docs/sandbox-rules.md", () => {
  expect(readFileSync(join(root, "docs/sandbox-rules.md"), "utf8")).toBe(rulesPage());
});
