import { rmSync } from "node:fs";

import { Cloud } from "../../tools/sandbox/cloud";
import { Sandbox } from "../../tools/sandbox/sandbox";
import { typesWithFacts } from "../../tools/sandbox/schema/facts";
import { kinds } from "../../tools/sandbox/types/kind-of";
import { everyType, everyTypeConfig } from "./support/every-type";
import { projectFolder, Workspace } from "./support/workspace";

const projectNumber = "123456789012";
const root = projectFolder();
let sandbox: Sandbox;
let workspace: Workspace;
const cloud = new Cloud(root);

beforeAll(async () => {
  sandbox = await Sandbox.start({ root, projectNumbers: { "acme-ml": projectNumber } });
  workspace = new Workspace(sandbox);
});

afterAll(async () => {
  await sandbox.close();
  workspace.remove();
  rmSync(root, { recursive: true });
});

test("what has a behaviour has facts and a fixture", () => {
  const fixtures = [...Object.keys(everyType), "google_project_service", "google_kms_crypto_key_iam_member"];
  expect(typesWithFacts()).toEqual(expect.arrayContaining(Object.keys(kinds)));
  expect(fixtures.sort()).toEqual(Object.keys(kinds).sort());
});

test("every type is created, plans nothing afterwards, is imported without a change, and is destroyed", async () => {
  const config = everyTypeConfig(projectNumber);
  workspace.write(config);
  await workspace.init();
  expect(await workspace.apply()).toMatchObject({ code: 0, text: expect.stringContaining(" complete!") });
  expect(await workspace.plan()).toMatchObject({ code: 0, text: expect.stringContaining("No changes") });

  const importer = new Workspace(sandbox);
  const resources = Object.entries(config.resource).flatMap(([type, all]) =>
    Object.keys(all).map((name) => ({ type, name })),
  );
  const ids = new Map(cloud.list().map(({ type, id }) => [type, id]));
  ids.set("google_project_service_identity", "projects/acme-ml/services/aiplatform.googleapis.com");
  const imports = resources
    .filter(({ name }) => name === "main")
    .map(({ type, name }) => ({ to: `${type}.${name}`, id: ids.get(type) }));
  importer.write({ ...config, import: imports });
  await importer.init();
  const { text } = await importer.plan();
  importer.remove();
  expect(text).toContain(
    `Plan: ${imports.length} to import, ${resources.length - imports.length} to add, 0 to change, 0 to destroy.`,
  );

  expect(await workspace.destroy()).toMatchObject({ code: 0, text: expect.stringContaining(" complete!") });
  const kept = [
    "google_cloud_quotas_quota_preference",
    "google_iam_workload_identity_pool",
    "google_iam_workload_identity_pool_provider",
    "google_kms_crypto_key",
    "google_kms_key_ring",
    "google_logging_project_bucket_config",
    "google_project_iam_custom_role",
    "google_project_service_identity",
  ];
  expect([...new Set(cloud.list().map(({ type }) => type))]).toEqual(kept);
});
