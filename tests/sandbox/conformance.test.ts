import { rmSync } from "node:fs";

import { Cloud } from "../../tools/sandbox/cloud";
import { Sandbox } from "../../tools/sandbox/sandbox";
import { equal, type Value } from "../../tools/sandbox/values/value";
import { argumentsOf, Blueprint } from "./support/blueprint";
import { drifted, valuesAt } from "./support/drift";
import { type PlannedResource, resourcesOf } from "./support/planned-resource";
import { updateBehaviour } from "./support/update-behaviour";
import { projectFolder, Workspace } from "./support/workspace";

const blueprint = new Blueprint();
const root = projectFolder();
const cloud = new Cloud(root);
let sandbox: Sandbox;
let workspace: Workspace;

beforeAll(async () => {
  sandbox = await Sandbox.start({ root, projectNumbers: { [blueprint.project]: blueprint.projectNumber } });
  workspace = new Workspace(sandbox);
});

afterAll(async () => {
  await sandbox.close();
  workspace.remove();
  rmSync(root, { recursive: true });
});

/** What Google keeps of the blueprint when all of it is destroyed. */
const kept = [
  "google_cloud_quotas_quota_preference",
  "google_iam_workload_identity_pool",
  "google_iam_workload_identity_pool_provider",
  "google_kms_crypto_key",
  "google_kms_key_ring",
  "google_logging_project_bucket_config",
  "google_project_iam_custom_role",
  "google_project_service",
  "google_project_service_identity",
];

type Change = "replaces" | "updates";

/** A resource that exists, with the arguments that its stack sets. */
interface Deployed {
  readonly address: string;
  readonly type: string;
  readonly id: string;
  /** Arguments by what changing them does. */
  readonly changes: Readonly<Record<Change, readonly string[]>>;
}

async function deployed(): Promise<Deployed[]> {
  const { text } = await workspace.terraform("show", "-json");
  const { values } = JSON.parse(text) as State;
  return values.root_module.child_modules.flatMap(({ resources }) =>
    resources
      .filter(({ mode }) => mode === "managed")
      .map(({ address, type, values: { id } }) => {
        const { replaces = [], updates = [] } = updateBehaviour[type]!;
        const own = argumentsOf(blueprint.resources.get(address)!.args, [...replaces, ...updates]);
        const those = (paths: readonly string[]) => paths.filter((path) => own.includes(path));
        return { address, type, id, changes: { replaces: those(replaces), updates: those(updates) } };
      }),
  );
}

interface State {
  readonly values: { readonly root_module: { readonly child_modules: readonly Module[] } };
}

interface Module {
  readonly resources: readonly {
    readonly address: string;
    readonly mode: string;
    readonly type: string;
    readonly values: { readonly id: string };
  }[];
}

/** Plans while the cloud is as someone left it, and puts the cloud back. */
async function planAfter(change: () => void): Promise<ReadonlyMap<string, PlannedResource>> {
  const before = cloud.list();
  change();
  try {
    const { code, text } = await workspace.plan("-out=plan");
    expect({ code, errors: text.replace(/^[^]*?(?=Error:|$)/, "") }).toEqual({ code: 2, errors: "" });
    return resourcesOf((await workspace.terraform("show", "-json", "plan")).text);
  } finally {
    before.forEach((resource) => {
      cloud.put(resource);
    });
  }
}

function drift(resources: readonly Deployed[], kind: Change): void {
  // Two stacks may enable the same service: what is changed twice may be as it was.
  const distinct = new Map(resources.map((resource) => [`${resource.type} ${resource.id}`, resource]));
  for (const { type, id, changes } of distinct.values()) {
    cloud.put({ type, id, values: drifted(cloud.get(type, id)!.values, changes[kind]) });
  }
}

test("for every argument that a stack sets it is written down what changing it does", () => {
  const missing = [...blueprint.resources.values()].flatMap(({ type, args }) => {
    const { replaces = [], updates = [] } = updateBehaviour[type] ?? {};
    const known = [...replaces, ...updates];
    return argumentsOf(args, known)
      .filter((path) => !known.includes(path))
      .map((path) => `${type} ${path}`);
  });
  expect([...new Set(missing)]).toEqual([]);
});

test("every resource is created, and planned without a change afterwards", async () => {
  blueprint.write(workspace);
  await workspace.init();
  expect(await workspace.apply()).toMatchObject({ code: 0 });
  expect(await workspace.plan()).toMatchObject({ code: 0 });
  const all = await deployed();
  console.log(`${new Set(all.map(({ type }) => type)).size} types, ${all.length} resources`);
  expect(all).toHaveLength(blueprint.resources.size);
});

/** Drift of every argument that can be changed in place: planned as an update, and put right by it. */
async function expectUpdates(resources: readonly Deployed[]): Promise<number> {
  const changed = resources.filter(({ changes }) => changes.updates.length > 0);
  const plan = await planAfter(() => {
    drift(changed, "updates");
  });
  for (const { address, changes } of changed) {
    const { actions, replace_paths, before, after } = plan.get(address)!.change;
    const isSame = (path: string) => {
      const [old, planned] = [before, after].map((side) => valuesAt(side as Value, path.split(".")));
      return equal(old!, planned!);
    };
    expect({ address, actions, replace_paths, same: changes.updates.filter(isSame) }).toEqual({
      address,
      actions: ["update"],
      replace_paths: undefined,
      same: [],
    });
  }
  drift(changed, "updates");
  expect(await workspace.terraform("apply", "-input=false", "plan")).toMatchObject({ code: 0 });
  return changed.flatMap(({ changes }) => changes.updates).length;
}

test("what was changed by hand and can be changed in place is put right in place", async () => {
  // Agents whose e-mail is looked up are looked up again while their API changes, and grants to them planned anew: APIs go first.
  const all = await deployed();
  const apis = all.filter(({ type }) => type === "google_project_service");
  const count = (await expectUpdates(apis)) + (await expectUpdates(all.filter((resource) => !apis.includes(resource))));
  expect(await workspace.plan()).toMatchObject({ code: 0 });
  console.log(`${count} arguments of ${all.length} resources are changed in place`);
});

test("what was changed by hand and cannot be changed in place is replaced", async () => {
  const changed = (await deployed()).filter(({ changes }) => changes.replaces.length > 0);
  const plan = await planAfter(() => {
    drift(changed, "replaces");
  });
  for (const { address, changes } of changed) {
    const { actions, replace_paths = [] } = plan.get(address)!.change;
    const replacing = replace_paths.map((steps) => steps.filter((step) => typeof step === "string").join("."));
    const isCovered = (path: string) => replacing.some((prefix) => `${path}.`.startsWith(`${prefix}.`));
    expect({ address, actions, inPlace: changes.replaces.filter((path) => !isCovered(path)) }).toEqual({
      address,
      actions: ["delete", "create"],
      inPlace: [],
    });
  }
  console.log(`${changed.flatMap(({ changes }) => changes.replaces).length} arguments are changed by replacing`);
});

test("what was deleted by hand is made again", async () => {
  const all = await deployed();
  const plan = await planAfter(() => {
    all.forEach(({ type, id }) => {
      cloud.delete(type, id);
    });
  });
  expect(all.filter(({ address }) => plan.get(address)?.change.actions.join() !== "create")).toEqual([]);
});

test("everything is imported without a change", async () => {
  const all = await deployed();
  const importer = new Workspace(sandbox);
  blueprint.write(importer, { import: all.map(({ address, id }) => ({ to: address, id })) });
  await importer.init();
  const { text } = await importer.plan();
  importer.remove();
  expect(/Plan: .*/.exec(text)?.[0]).toBe(`Plan: ${all.length} to import, 0 to add, 0 to change, 0 to destroy.`);
});

test("everything is moved without a change", async () => {
  blueprint.write(workspace, blueprint.moves("-moved"), "-moved");
  await workspace.init();
  expect(await workspace.apply()).toMatchObject({
    text: expect.stringContaining("0 added, 0 changed, 0 destroyed."),
  });
  blueprint.write(workspace, {}, "-moved");
  expect(await workspace.plan()).toMatchObject({ code: 0 });
});

test("everything is destroyed but what Google keeps", async () => {
  expect(await workspace.terraform("destroy", "-auto-approve", "-refresh=false")).toMatchObject({ code: 0 });
  expect([...new Set(cloud.list().map(({ type }) => type))]).toEqual(kept);
});
