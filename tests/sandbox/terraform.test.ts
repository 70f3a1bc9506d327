import { rmSync } from "node:fs";

import { Cloud } from "../../tools/sandbox/cloud";
import { Sandbox } from "../../tools/sandbox/sandbox";
import { projectFolder, Workspace } from "./support/workspace";

const root = projectFolder();
const cloud = new Cloud(root);
let sandbox: Sandbox;
let workspace: Workspace;

beforeAll(async () => {
  sandbox = await Sandbox.start({ root, projectNumbers: { "acme-ml": "123456789012" } });
});

afterAll(async () => {
  await sandbox.close();
  rmSync(root, { recursive: true });
});

beforeEach(() => {
  cloud.forget();
  workspace = new Workspace(sandbox);
});

afterEach(() => {
  workspace.remove();
});

const pubsubOn = { google_project_service: { pubsub: { service: "pubsub.googleapis.com" } } };
const dependsOnPubsub = { depends_on: ["google_project_service.pubsub"] };
const topicId = "projects/acme-ml/topics/events";

function topic(more: object = {}) {
  return {
    resource: {
      ...pubsubOn,
      google_pubsub_topic: { events: { name: "events", labels: { team: "churn" }, ...dependsOnPubsub, ...more } },
    },
  };
}

async function apply(config: object): Promise<void> {
  workspace.write(config as Record<string, unknown>);
  await workspace.init();
  expect(await workspace.apply()).toMatchObject({ code: 0, text: expect.stringContaining("Apply complete!") });
}

test("a change in the configuration updates in place", async () => {
  await apply(topic());
  workspace.write(topic({ labels: { team: "pricing" } }));

  const { code, text } = await workspace.plan();
  expect(code).toBe(2);
  expect(text).toContain("# google_pubsub_topic.events will be updated in-place");
  expect(text).toContain("0 to add, 1 to change, 0 to destroy");
  expect(await workspace.apply()).toMatchObject({ code: 0 });
  expect(cloud.get("google_pubsub_topic", topicId)?.values).toMatchObject({
    labels: { team: "pricing" },
    effective_labels: { env: "test", team: "pricing", "goog-terraform-provisioned": "true" },
  });
  expect(await workspace.plan()).toMatchObject({ code: 0 });
});

test("a change of what identifies a resource replaces it", async () => {
  await apply(topic());
  workspace.write(topic({ name: "clicks" }));

  const { text } = await workspace.plan();
  expect(text).toContain("# google_pubsub_topic.events must be replaced");
  expect(text).toMatch(
    /name +: *"events" -> "clicks" # forces replacement|name +=? *"events" -> "clicks" # forces replacement/,
  );
  expect(await workspace.apply()).toMatchObject({ code: 0 });
  expect(cloud.list("google_pubsub_topic").map(({ id }) => id)).toEqual(["projects/acme-ml/topics/clicks"]);
});

test("a change made behind Terraform's back shows as drift and is put right", async () => {
  await apply(topic());
  cloud.set("google_pubsub_topic", topicId, "labels.team", "intruder");

  const { code, text } = await workspace.plan();
  expect(code).toBe(2);
  expect(text).toContain('"team" = "intruder" -> "churn"');
  await workspace.apply();
  expect(cloud.get("google_pubsub_topic", topicId)?.values["labels"]).toEqual({ team: "churn" });
});

test("what was deleted behind Terraform's back is made again", async () => {
  await apply(topic());
  cloud.delete("google_pubsub_topic", topicId);

  const { code, text } = await workspace.plan();
  expect(code).toBe(2);
  expect(text).toContain("# google_pubsub_topic.events will be created");
});

test.each([topicId, "acme-ml/events", "events"])("a topic is imported as %s", async (id) => {
  await apply(topic());
  const { resource } = topic();
  const importer = new Workspace(sandbox);
  importer.write({ resource, import: [{ to: "google_pubsub_topic.events", id }] });
  await importer.init();

  expect(await importer.plan()).toMatchObject({ text: expect.stringContaining("1 to import, 1 to add, 0 to change") });
  importer.remove();
});

test("what does not exist cannot be imported", async () => {
  workspace.write({ ...topic(), import: [{ to: "google_pubsub_topic.events", id: "nothing" }] });
  await workspace.init();

  const { code, text } = await workspace.plan();
  expect(code).toBe(1);
  expect(text).toContain("Cannot import non-existent remote object");
});

test("destroying leaves nothing but what Google keeps, which then cannot be made again", async () => {
  const keys = {
    resource: {
      google_project_service: { kms: { service: "cloudkms.googleapis.com" } },
      google_kms_key_ring: { ml: { name: "ml", location: "europe-west4", depends_on: ["google_project_service.kms"] } },
    },
  };
  await apply(keys);
  expect(await workspace.destroy()).toMatchObject({ code: 0 });
  expect(cloud.list().map(({ type }) => type)).toEqual(["google_kms_key_ring"]);

  const { code, text } = await workspace.apply();
  expect(code).toBe(1);
  expect(flat(text)).toContain("KeyRing projects/acme-ml/locations/europe-west4/keyRings/ml already exists.");
});

test("an API that is off is an error that says how to turn it on", async () => {
  workspace.write({ resource: { google_pubsub_topic: { events: { name: "events" } } } });
  await workspace.init();

  const { code, text } = await workspace.apply();
  expect(code).toBe(1);
  expect(flat(text)).toContain(
    "Error creating Topic: googleapi: Error 403: Cloud Pub/Sub API has not been used in project acme-ml before or it is disabled.",
  );
  expect(flat(text)).toContain(
    "Turn it on with a google_project_service of 'pubsub.googleapis.com' in project 'acme-ml'",
  );
});

test("each provider block keeps its own project, also within one run", async () => {
  const other = { provider: "google.other", name: "events" };
  workspace.write({
    provider: {
      google: [{ project: "acme-ml" }, { alias: "other", project: "acme-lab" }],
      "google-beta": { project: "acme-beta" },
    },
    resource: {
      google_storage_bucket: {
        main: { name: "one", location: "EU" },
        other: { ...other, name: "two", location: "EU" },
        beta: { provider: "google-beta", name: "three", location: "EU" },
      },
    },
  });
  await workspace.init();
  expect(await workspace.apply()).toMatchObject({ code: 0 });
  expect(cloud.list("google_storage_bucket").map(({ id, values }) => [id, values["project"]])).toEqual([
    ["one", "acme-ml"],
    ["three", "acme-beta"],
    ["two", "acme-lab"],
  ]);
});

test("two Terraforms at once do not see each other's provider blocks", async () => {
  const bucketOf = (project: string) => ({
    provider: { google: { project }, "google-beta": { project } },
    resource: { google_storage_bucket: { data: { name: `${project}-data`, location: "EU" } } },
  });
  const second = new Workspace(sandbox);
  workspace.write(bucketOf("one"));
  second.write(bucketOf("two"));
  const run = async (one: Workspace) => {
    await one.init();
    return one.apply();
  };
  expect(await Promise.all([run(workspace), run(second)])).toMatchObject([{ code: 0 }, { code: 0 }]);
  second.remove();
  expect(cloud.list("google_storage_bucket").map(({ id, values }) => [id, values["project"]])).toEqual([
    ["one-data", "one"],
    ["two-data", "two"],
  ]);
});

test("a grant that two stacks make is one grant, and destroying one of them revokes it", async () => {
  const grant = {
    resource: {
      google_project_iam_member: {
        viewer: { project: "acme-ml", role: "roles/viewer", member: "group:ml@example.com" },
      },
    },
  };
  await apply(grant);
  const second = new Workspace(sandbox);
  second.write(grant);
  await second.init();
  expect(await second.apply()).toMatchObject({ code: 0 });
  expect(cloud.list("google_project_iam_member")).toHaveLength(1);

  await second.destroy();
  second.remove();
  expect(await workspace.plan()).toMatchObject({ code: 2, text: expect.stringContaining("1 to add") });
});

test("data sources know the project and its agents, and resources of the sandbox", async () => {
  await apply({
    ...topic(),
    data: {
      google_project: { here: {} },
      google_storage_project_service_account: { agent: {} },
      google_bigquery_default_service_account: { agent: {} },
      google_logging_project_settings: { settings: { project: "acme-ml" } },
      google_cloud_quotas_quota_info: {
        t4: { parent: "projects/acme-ml", service: "aiplatform.googleapis.com", quota_id: "T4" },
      },
      google_pubsub_topic: { events: { name: "events", depends_on: ["google_pubsub_topic.events"] } },
    },
    output: {
      facts: {
        value: [
          "${data.google_project.here.number}",
          "${data.google_storage_project_service_account.agent.member}",
          "${data.google_bigquery_default_service_account.agent.email}",
          "${data.google_pubsub_topic.events.id}",
          "${data.google_cloud_quotas_quota_info.t4.dimensions[0]}",
        ],
      },
    },
  });
  const { text } = await workspace.terraform("output", "-json", "facts");
  expect(JSON.parse(text)).toEqual([
    "123456789012",
    "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
    "bq-123456789012@bigquery-encryption.iam.gserviceaccount.com",
    topicId,
    "region",
  ]);
});

test("types without facts deploy and are counted", async () => {
  await apply({
    resource: {
      google_project_service: { redis: { service: "redis.googleapis.com" } },
      google_redis_instance: {
        cache: { name: "cache", memory_size_gb: 1, depends_on: ["google_project_service.redis"] },
      },
    },
  });
  expect(await workspace.plan()).toMatchObject({ code: 0 });
  expect(cloud.countWithoutFacts()).toEqual({ google_redis_instance: 1 });
});

test("values that the provider refuses fail before anything is planned", async () => {
  workspace.write({
    resource: {
      google_project_iam_member: { viewer: { project: "acme-ml", role: "roles/viewer", member: "ml@example.com" } },
      google_pubsub_schema: { event: { name: "event", type: "XML", definition: "" } },
    },
  });
  await workspace.init();

  const { code, text } = await workspace.terraform("validate");
  expect(code).toBe(1);
  expect(flat(text)).toContain("expected type to be one of");
  expect(flat(text)).toContain("IAM members must have one of the values outlined here");
});

/** Terraform wraps long messages. */
function flat(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}
