import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FileStore, MemoryStore, type Store } from "../../../tools/sandbox/apis/store";
import { Cloud } from "../../../tools/sandbox/cloud";
import { Acme, endpoint, endpointId, resources } from "./support/acme";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sandbox-store-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe.each([
  ["in memory", () => new MemoryStore()],
  ["in files", () => new FileStore(root)],
])("a store %s", (_name, make: () => Store) => {
  test("keeps values by kind and name, and lists them by prefix", () => {
    const store = make();
    store.put("model", "b/2", { x: 1 });
    store.put("model", "b/1", { x: 2 });
    store.put("model", "c/1", { x: 3 });
    store.delete("model", "c/1");

    expect(store.get("model", "b/1")).toEqual({ x: 2 });
    expect(store.get("table", "b/1")).toBeUndefined();
    expect(store.list("model", "b/")).toEqual([
      ["b/1", { x: 2 }],
      ["b/2", { x: 1 }],
    ]);
    expect(store.list("model", "c/")).toEqual([]);
  });
});

test("files outlive the process; what was half written is not seen", () => {
  new FileStore(root).put("model", "projects/acme/models/churn@1", { x: 1 });
  const folder = join(root, ".sandbox", "runtime", "model");
  writeFileSync(join(folder, "half.json.tmp"), "{");

  expect(new FileStore(root).list("model")).toEqual([["projects/acme/models/churn@1", { x: 1 }]]);
});

test("a broken file is an error that names it and the way out", () => {
  new FileStore(root).put("model", "churn", {});
  const folder = join(root, ".sandbox", "runtime", "model");
  const file = join(folder, readdirSync(folder)[0]!);
  writeFileSync(file, "{");

  expect(() => new FileStore(root).get("model", "churn")).toThrow(
    `${file} must hold JSON of the sandbox, got "{"; delete the file to make the sandbox forget what it held`,
  );
});

test("what was deployed, and what is being deployed, survives a restart", async () => {
  const cloud = new Cloud(root);
  resources.forEach((resource) => {
    cloud.put(resource);
  });
  const before = new Acme({ cloud, store: new FileStore(root) });
  await before.upload({ explanationSpec: { parameters: {} } });
  await before.deploy("11", "1", { "0": 100 });
  const body = {
    deployedModel: { id: "22", model: "churn", dedicatedResources: { machineSpec: {}, minReplicaCount: 1 } },
  };
  await before.vertex("POST", `endpoints/${endpointId}:deployModel`, body);
  const passed = before.clock.now();

  const after = new Acme({ cloud, store: new FileStore(root) });
  after.clock.pass((passed - after.clock.now()) / 60_000 + 10);
  expect((await after.vertex("GET", `endpoints/${endpointId}`)).body).toMatchObject({
    deployedModels: [{ id: "11", explanationSpec: { parameters: {} } }, { id: "22" }],
    trafficSplit: { "11": 100 },
  });
  expect(cloud.get("google_vertex_ai_endpoint", endpoint)!.values["traffic_split"]).toBe('{"11":100}');
});
