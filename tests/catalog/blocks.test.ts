import { writeFileSync } from "node:fs";
import { join } from "node:path";

import paths from "../../catalog/block-paths.json";
import { policies, stackPolicies } from "../../policies/policies";
import { Bindings } from "../../tools/sandbox/schema/bindings";
import type { Block } from "../../tools/sandbox/schema/schema";

const inUse = [...new Set([...policies, ...stackPolicies].flatMap(({ types }) => types))]
  .filter((type) => type !== "*")
  .sort();

function pathsOf({ blocks }: Block, prefix = ""): string[] {
  return Object.entries(blocks)
    .filter(([name]) => name !== "timeouts")
    .flatMap(([name, { block }]) => [`${prefix}${name}`, ...pathsOf(block, `${prefix}${name}.`)]);
}

test("every type that a policy looks at is there, with its blocks as the provider has them", () => {
  const schemas = ["@cdktf/provider-google-beta", "@cdktf/provider-google"].map((name) =>
    Bindings.installed(name).parse(),
  );
  const resources = Object.assign({}, ...schemas.map((schema) => schema.resources)) as Readonly<Record<string, Block>>;
  const expected = Object.fromEntries(
    inUse.map((type) => [type, resources[type] ? pathsOf(resources[type]).sort().join(" ") : "unknown type"]),
  );
  if (process.env["UPDATE_BLOCKS"]) {
    writeFileSync(join(__dirname, "..", "..", "catalog", "block-paths.json"), `${JSON.stringify(expected, null, 2)}\n`);
  } else {
    expect(paths).toEqual(expected);
  }
});
