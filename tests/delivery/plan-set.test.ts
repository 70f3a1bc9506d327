import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type PlanSet, planSetDigest, readPlanSet, writePlanSet } from "../../tools/delivery/plan-set";

const folder = mkdtempSync(join(tmpdir(), "plan-set-"));
afterAll(() => rmSync(folder, { recursive: true }));

const hash = (digit: string) => digit.repeat(64);
const set: PlanSet = {
  format: 1,
  environment: "dev",
  commit: "1".repeat(40),
  clean: true,
  createdAt: "2026-11-24T12:00:00.000Z",
  terraform: { command: "terraform", version: "1.11.4" },
  stacks: [
    { name: "dev-base", dependencies: [], status: "planned", planSha256: hash("a"), configSha256: hash("b") },
    { name: "dev-top", dependencies: ["dev-base"], status: "failed", configSha256: hash("c"), error: "Error: no" },
  ],
};
const [base, top] = [set.stacks[0]!, set.stacks[1]!];

test("what is written is read again, and nobody else may read it", () => {
  writePlanSet(folder, set);
  expect(readPlanSet(folder)).toEqual(set);
  expect(statSync(join(folder, "plans.json")).mode & 0o777).toBe(0o600);
});

test("the digest does not depend on the time and on the order of keys", () => {
  const reversed = Object.fromEntries(Object.entries(set).reverse()) as PlanSet;
  expect(planSetDigest({ ...reversed, createdAt: "2027-01-01T00:00:00.000Z" })).toBe(planSetDigest(set));
});

test.each<[string, PlanSet]>([
  ["plan file", { ...set, stacks: [{ ...base, planSha256: hash("d") }, top] }],
  ["lock file", { ...set, stacks: [{ ...base, lockSha256: hash("d") }, top] }],
  ["configuration", { ...set, stacks: [{ ...base, configSha256: hash("d") }, top] }],
  ["outcome", { ...set, stacks: [base, { ...top, status: "unchanged" }] }],
  ["order of the stacks", { ...set, stacks: [top, base] }],
  ["stack left out", { ...set, stacks: [base] }],
  ["commit", { ...set, commit: "2".repeat(40) }],
  ["Terraform version", { ...set, terraform: { command: "terraform", version: "1.12.0" } }],
  ["environment", { ...set, environment: "prod" }],
])("the digest changes with another %s", (_, other) => {
  expect(planSetDigest(other)).not.toBe(planSetDigest(set));
});

test.each<[string, string, string]>([
  ["cut off", '{"format": 1,', "is not whole: the JSON is broken at position 13; run 'mlp plan' again"],
  ["of another format", '{"format": 2}', "must have format 1, got 2: plan with this version of mlp"],
  [
    "with a stack that is a path",
    JSON.stringify({ ...set, stacks: [{ ...base, name: "../../etc" }] }),
    "is not what 'mlp plan' writes: run it again\n  stacks.0.name: must be the name of a stack",
  ],
  [
    "with a hash that is none",
    JSON.stringify({ ...set, stacks: [{ ...base, planSha256: "abc" }] }),
    "is not what 'mlp plan' writes: run it again\n  stacks.0.planSha256: must be a SHA-256 in hex",
  ],
])("a plans.json %s is refused", (_, content, message) => {
  writeFileSync(join(folder, "plans.json"), content);
  expect(() => readPlanSet(folder)).toThrow(`${join(folder, "plans.json")} ${message}`);
});

test("a folder without plans is refused", () => {
  expect(() => readPlanSet(join(folder, "none"))).toThrow(
    `no plans.json in ${join(folder, "none")}: run 'mlp plan' first, or name the folder that it wrote`,
  );
});
