import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Sandbox } from "../../tools/sandbox/sandbox";
import { repositoryPlatform, synthesise } from "../support/platform";
import { StateBucket } from "./support/state-bucket";
import { projectFolder, Workspace } from "./support/workspace";

const platform = repositoryPlatform("prod");
const { project, projectNumber } = platform.environment;
const root = projectFolder();
const bucket = new StateBucket();
let sandbox: Sandbox;
let workspace: Workspace;

beforeAll(async () => {
  sandbox = await Sandbox.start({ root, projectNumbers: { [project]: projectNumber } });
  workspace = new Workspace(sandbox, await bucket.start());
  write("local");
});

afterAll(async () => {
  bucket.stop();
  await sandbox.close();
  workspace.remove();
  rmSync(root, { recursive: true });
});

/** Writes the stack as it is synthesised, with its state where the config says. */
function write(bootstrap: "local" | "gcs"): void {
  const moved = structuredClone(platform);
  Object.assign(moved.environment.state, { bootstrap });
  const { terraform, ...stack } = synthesise({ ...moved, teams: {} }).get("bootstrap")!;
  const { backend } = terraform as { backend: { local?: object } };
  const place = backend.local ? { local: { path: "bootstrap.tfstate" } } : backend;
  workspace.write({ ...stack, terraform: { ...terraform, backend: place } });
}

const state = "prod-bootstrap/default.tfstate";
const lock = "prod-bootstrap/default.tflock";

test("a first apply keeps its state in a file", async () => {
  expect(await workspace.init()).toMatchObject({ code: 0 });
  expect(await workspace.apply()).toMatchObject({ code: 0 });
  expect([...bucket.objects.keys()]).toEqual([]);
});

test("the state moves into the bucket, and nothing else changes", async () => {
  const before = (await workspace.terraform("state", "list")).text;
  write("gcs");
  expect(await workspace.terraform("init", "-migrate-state", "-force-copy")).toMatchObject({ code: 0 });
  expect([...bucket.objects.keys()]).toEqual([state]);
  expect((await workspace.terraform("state", "list")).text).toBe(before);
  expect(await workspace.plan()).toMatchObject({ code: 0 });
});

test("a lock that was left behind stops a plan that locks, and not the planner's, which writes nothing", async () => {
  const generation = bucket.put(lock, JSON.stringify({ ID: "ignored", Operation: "OperationTypeApply", Who: "ci" }));
  const stopped = await workspace.plan();
  expect(stopped.code).toBe(1);
  expect(stopped.text).toContain("Error acquiring the state lock");
  expect(stopped.text).toMatch(new RegExp(`ID:\\s+${generation}\\n`));

  bucket.writes.length = 0;
  expect(await workspace.plan("-lock=false")).toMatchObject({ code: 0 });
  expect(bucket.writes).toEqual([]);
});

test("the lock's generation is its id: force-unlock takes that one and no other", async () => {
  const { generation } = bucket.objects.get(lock)!;
  expect(await workspace.terraform("force-unlock", "-force", "999")).toMatchObject({ code: 1 });
  expect(bucket.objects.has(lock)).toBe(true);
  expect(await workspace.terraform("force-unlock", "-force", `${generation}`)).toMatchObject({ code: 0 });
  expect(await workspace.plan()).toMatchObject({ code: 0 });
});

test("a lost state comes back with the imports of docs/bootstrap.md", async () => {
  const page = readFileSync(join(__dirname, "../../docs/bootstrap.md"), "utf8");
  const [, block] = /```json\n(\{\n {2}"import"[^]*?)```/.exec(page)!;
  const imports = block!.replaceAll("PROJECT_NUMBER", projectNumber).replaceAll("PROJECT", project);
  writeFileSync(join(workspace.folder, "imports.tf.json"), imports.replaceAll("REGION", "europe-west4"));
  bucket.objects.delete(state);

  const planned = await workspace.plan();
  const { import: all } = JSON.parse(block!) as { import: readonly unknown[] };
  expect(planned.text).toMatch(new RegExp(`Plan: ${all.length} to import, \\d+ to add, 0 to change, 0 to destroy`));
  expect(await workspace.apply()).toMatchObject({ code: 0 });
  expect(await workspace.plan()).toMatchObject({ code: 0 });
});
