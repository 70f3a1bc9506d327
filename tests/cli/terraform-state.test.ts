import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findManaged, managedResources, removeStates, restoreStates } from "../../tools/cli/terraform-state";

const resource = (name: string, id: string) => ({
  mode: "managed",
  type: "google_pubsub_topic",
  name,
  instances: [{ attributes: { id } }],
});

const folder = mkdtempSync(join(tmpdir(), "mlp-state-"));
writeFileSync(
  join(folder, "dev-a.tfstate"),
  JSON.stringify({
    resources: [resource("Events", "one"), resource("Both", "two"), { ...resource("X", "x"), mode: "data" }],
  }),
);
writeFileSync(join(folder, "dev-b.tfstate"), JSON.stringify({ resources: [resource("Both", "three")] }));
const resources = managedResources(folder);

test("managed resources are listed by stack, data sources are not", () => {
  expect(resources.map(({ stack, address, id }) => `${stack} ${address} ${id}`)).toEqual([
    "dev-a google_pubsub_topic.Events one",
    "dev-a google_pubsub_topic.Both two",
    "dev-b google_pubsub_topic.Both three",
  ]);
});

test("a folder that is not there holds nothing", () => {
  expect(managedResources(join(folder, "none"))).toEqual([]);
});

test("an empty file, which Terraform leaves when it is stopped early, holds nothing", () => {
  const stopped = mkdtempSync(join(tmpdir(), "mlp-state-"));
  writeFileSync(join(stopped, "dev-a.tfstate"), "");
  expect(managedResources(stopped)).toEqual([]);
});

test("a broken file is named, with the ways out", () => {
  const broken = mkdtempSync(join(tmpdir(), "mlp-state-"));
  const file = join(broken, "dev-a.tfstate");
  writeFileSync(file, '{ "resources": [');
  expect(() => managedResources(broken)).toThrow(
    `${file} is not the JSON of a Terraform state: put a copy of yours in its place, or forget everything with 'mlp sandbox down --wipe'`,
  );
  writeFileSync(`${file}.backup`, "{}");
  expect(() => managedResources(broken)).toThrow(
    `${file} is not the JSON of a Terraform state: put dev-a.tfstate.backup, the state before the last change, in its place, or forget everything with 'mlp sandbox down --wipe'`,
  );
});

test("only an empty state gets its backup, and only where that is one", () => {
  const states = mkdtempSync(join(tmpdir(), "mlp-state-"));
  const good = JSON.stringify({ resources: [resource("Events", "one")] });
  const files = {
    "emptied.tfstate": "",
    "emptied.tfstate.backup": good,
    "first.tfstate": "",
    "twice.tfstate": "",
    "twice.tfstate.backup": '{"resources": [',
    "half.tfstate": '{"resources": [',
    "half.tfstate.backup": good,
    "whole.tfstate": "{}",
    "whole.tfstate.backup": good,
  };
  Object.entries(files).forEach(([name, content]) => writeFileSync(join(states, name), content));

  expect(restoreStates(states)).toEqual(["emptied"]);
  const now = Object.fromEntries(Object.keys(files).map((name) => [name, readFileSync(join(states, name), "utf8")]));
  expect(now).toEqual({ ...files, "emptied.tfstate": good });
  expect(restoreStates(join(states, "none"))).toEqual([]);
});

test("an address names a resource, with its stack where two have the same", () => {
  expect(findManaged(resources, "google_pubsub_topic.Events").id).toBe("one");
  expect(findManaged(resources, "dev-b/google_pubsub_topic.Both").id).toBe("three");
  expect(() => findManaged(resources, "google_pubsub_topic.Both")).toThrow(
    "'google_pubsub_topic.Both' is in 2 stacks: name one, as in dev-a/google_pubsub_topic.Both",
  );
});

test("only Terraform's own files are removed, and the folder where nothing else is in it", () => {
  const states = mkdtempSync(join(tmpdir(), "mlp-state-"));
  for (const name of ["dev-a.tfstate", "dev-a.tfstate.backup", ".dev-a.tfstate.lock.info", "notes.txt"]) {
    writeFileSync(join(states, name), "");
  }
  removeStates(states);
  expect(readdirSync(states)).toEqual(["notes.txt"]);
  rmSync(join(states, "notes.txt"));
  removeStates(states);
  expect(existsSync(states)).toBe(false);
});
