import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { addresses, repositoryPlatform, type StackJson, synthesise } from "../support/platform";

const golden = join(__dirname, "addresses.txt");

/** Every address of an environment, as `stack address`. */
function allAddresses(stacks: ReadonlyMap<string, StackJson>): string[] {
  return [...stacks].flatMap(([stack, json]) => addresses(json).map((address) => `${stack} ${address}`));
}

/** Addresses that a `moved` block takes over. */
function movedFrom(stacks: ReadonlyMap<string, StackJson>): string[] {
  return [...stacks].flatMap(([stack, json]) => {
    const { moved = [] } = json as { moved?: readonly { from: string }[] };
    return moved.map(({ from }) => `${stack} ${from}`);
  });
}

const sandbox = synthesise(repositoryPlatform("sandbox"));

if (process.env["UPDATE_ADDRESSES"]) {
  writeFileSync(golden, `${allAddresses(sandbox).join("\n")}\n`);
}

test("no address is lost without a moved block: Terraform would destroy what it stands for", () => {
  const kept = new Set([...allAddresses(sandbox), ...movedFrom(sandbox)]);
  const lost = readFileSync(golden, "utf8")
    .trim()
    .split("\n")
    .filter((address) => !kept.has(address));
  expect(lost).toEqual([]);
});

test("every address is in the golden list, which 'npm run addresses' writes", () => {
  expect(readFileSync(golden, "utf8")).toBe(`${allAddresses(sandbox).join("\n")}\n`);
});

test.each(["dev", "prod"])("addresses in %s are those of the sandbox", (environment) => {
  expect(allAddresses(synthesise(repositoryPlatform(environment)))).toEqual(allAddresses(sandbox));
});

test("no address holds the name of an environment, a team or a project", () => {
  const names = ["sandbox", "churn", "acme-ml-sandbox"];
  const found = allAddresses(sandbox).filter((line) => names.some((name) => line.split(" ")[1]!.includes(name)));
  // Callers are people's groups, and a grant to a group has to be told apart from the next one by its name.
  expect(found.filter((line) => !line.includes("acmeexample"))).toEqual([]);
});
