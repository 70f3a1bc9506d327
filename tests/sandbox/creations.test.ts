import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Creations } from "../../tools/sandbox/creations";
import { UNKNOWN } from "../../tools/sandbox/values/value";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sandbox-creations-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const type = "google_storage_bucket";
const args = { name: "data", location: "EU", url: UNKNOWN };
const terraform = {};

function begun(): Creations {
  const creations = new Creations(root);
  creations.begin(type, "data", args, terraform);
  return creations;
}

test("a creation counts as made again once the client that asked for it is gone", () => {
  const creations = begun();
  expect(creations.isRepeated(type, "data", args)).toBe(false);
  creations.leave({});
  expect(creations.isRepeated(type, "data", args)).toBe(false);
  creations.leave(terraform);
  expect(creations.isRepeated(type, "data", { ...args })).toBe(true);
});

test("so does one from before the sandbox was killed", () => {
  begun();
  expect(new Creations(root).isRepeated(type, "data", args)).toBe(true);
});

test("another request for the same name is another request", () => {
  begun();
  const creations = new Creations(root);
  expect(creations.isRepeated(type, "data", { ...args, location: "US" })).toBe(false);
  expect(creations.isRepeated(type, "other", args)).toBe(false);
});

test("what Terraform has shown in a state was not lost, now and after a restart", () => {
  begun();
  const creations = new Creations(root);
  creations.confirm(type, "data");
  expect(creations.isRepeated(type, "data", args)).toBe(false);
  expect(new Creations(root).isRepeated(type, "data", args)).toBe(false);
  expect(readdirSync(join(root, ".sandbox", "creations"))).toEqual([]);
});

test("what a state holds was not lost either, though Terraform has not shown it yet", () => {
  begun();
  const asked: string[] = [];
  const isManaged = (...resource: string[]) => asked.push(resource.join(" ")) > 0;
  expect(new Creations(root, isManaged).isRepeated(type, "data", args)).toBe(false);
  expect(asked).toEqual(["google_storage_bucket data"]);
});

test("a file that was cut in half is no request that anyone makes", () => {
  begun();
  const folder = join(root, ".sandbox", "creations");
  writeFileSync(join(folder, readdirSync(folder)[0]!), "");
  expect(new Creations(root).isRepeated(type, "data", args)).toBe(false);
});

test("forgetting leaves nothing", () => {
  begun().forget();
  expect(new Creations(root).isRepeated(type, "data", args)).toBe(false);
});
