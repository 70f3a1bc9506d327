import { rmSync } from "node:fs";

import { Cloud } from "../../tools/sandbox/cloud";
import { Sandbox } from "../../tools/sandbox/sandbox";
import { type Config, projectFolder, Workspace } from "./support/workspace";

const root = projectFolder();
const cloud = new Cloud(root);
const iamDelaySeconds = 3;
let sandbox: Sandbox;
let workspace: Workspace;

beforeEach(async () => {
  cloud.forget();
  sandbox = await Sandbox.start({ root, projectNumbers: { "acme-ml": "123456789012" }, iamDelaySeconds: 0 });
  workspace = new Workspace(sandbox);
});

afterEach(async () => {
  await sandbox.close();
  workspace.remove();
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

/** Restarts the sandbox as one in which grants take their time. */
async function withDelay(): Promise<void> {
  await sandbox.close();
  sandbox = await Sandbox.start({ root, projectNumbers: { "acme-ml": "123456789012" }, iamDelaySeconds });
  workspace.remove();
  workspace = new Workspace(sandbox);
}

async function apply(config: Config): Promise<{ code: number | null; text: string }> {
  workspace.write(config);
  await workspace.init();
  const { code, text } = await workspace.apply();
  return { code, text: text.replace(/\s*\n\s*/g, " ") };
}

const agent = "service-123456789012@gs-project-accounts.iam.gserviceaccount.com";

/** A bucket that announces its files on a topic; `grant` lets Cloud Storage publish there. */
function landing(grant: boolean): Config {
  const project = "acme-ml";
  const pubsub = ["google_project_service.pubsub"];
  return {
    resource: {
      google_project_service: { pubsub: { project, service: "pubsub.googleapis.com" } },
      google_storage_bucket: { landing: { name: "acme-ml-landing", location: "EU" } },
      google_pubsub_topic: { landing: { name: "landing", depends_on: pubsub } },
      ...(grant && {
        google_pubsub_topic_iam_member: {
          publisher: {
            topic: "${google_pubsub_topic.landing.id}",
            role: "roles/pubsub.publisher",
            member: `serviceAccount:${agent}`,
          },
        },
      }),
      google_storage_notification: {
        landing: {
          bucket: "${google_storage_bucket.landing.name}",
          topic: "${google_pubsub_topic.landing.id}",
          payload_format: "JSON_API_V1",
          ...(grant && { depends_on: ["google_pubsub_topic_iam_member.publisher"] }),
        },
      },
    },
  };
}

test("a grant that was taken out fails the apply with Google's reason and what to do", async () => {
  const refused = await apply(landing(false));
  expect(refused.code).toBe(1);
  expect(refused.text).toContain(
    `googleapi: Error 403: The service account '${agent}' does not have permission to publish messages to to the Cloud Pub/Sub topic`,
  );
  expect(refused.text).toContain("with google_storage_notification.landing,");
  expect(refused.text).toContain(
    `'topic' is published on by ${agent}: grant it roles/pubsub.publisher with a google_pubsub_topic_iam_member, applied before this resource. [notification-may-publish]`,
  );
  expect(await apply(landing(true))).toMatchObject({ code: 0 });
});

test("where grants take their time, what relies on a fresh one fails, and goes through later", async () => {
  await withDelay();
  const refused = await apply(landing(true));
  expect(refused.code).toBe(1);
  expect(refused.text).toContain("and grants are seen after 3 s: wait for it, or apply again. [seen-later]");

  await new Promise((resolve) => setTimeout(resolve, iamDelaySeconds * 1000));
  expect(await apply(landing(true))).toMatchObject({ code: 0 });
});

function runner(description: string): Config {
  return {
    resource: {
      google_service_account: { runner: { account_id: "runner", description } },
    },
  };
}

test("an account made again does not get the grants of the one before it", async () => {
  await apply(runner("first"));
  const member = "serviceAccount:runner@acme-ml.iam.gserviceaccount.com";
  const granting = new Workspace(sandbox);
  granting.write({
    resource: { google_project_iam_member: { viewer: { project: "acme-ml", role: "roles/viewer", member } } },
  });
  await granting.init();
  expect(await granting.apply()).toMatchObject({ code: 0 });

  await workspace.destroy();
  expect(await apply(runner("second"))).toMatchObject({ code: 0 });
  expect(await granting.plan()).toMatchObject({ code: 2, text: expect.stringContaining("1 to add") });
  granting.remove();
});

test("a pool that was deleted is gone for Terraform, and keeps its name for Google", async () => {
  const pool: Config = {
    resource: {
      google_project_service: { iam: { service: "iam.googleapis.com", disable_on_destroy: false } },
      google_iam_workload_identity_pool: {
        ci: { workload_identity_pool_id: "ci", depends_on: ["google_project_service.iam"] },
      },
    },
  };
  expect(await apply(pool)).toMatchObject({ code: 0 });
  expect(await workspace.destroy()).toMatchObject({ code: 0 });
  const again = await apply(pool);
  expect(again.code).toBe(1);
  expect(again.text).toContain(
    "Error creating WorkloadIdentityPool: googleapi: Error 409: Requested entity already exists",
  );
  expect(again.text).toContain("[soft-deleted]");
});

test("what is abandoned stays when it is destroyed", async () => {
  const object: Config = {
    resource: {
      google_storage_bucket: { data: { name: "acme-ml-data", location: "EU", force_destroy: true } },
      google_storage_bucket_object: {
        config: {
          bucket: "${google_storage_bucket.data.name}",
          name: "config.json",
          content: "{}",
          deletion_policy: "ABANDON",
        },
      },
    },
  };
  await apply(object);
  expect(
    await workspace.terraform("destroy", "-auto-approve", "-target=google_storage_bucket_object.config"),
  ).toMatchObject({ code: 0 });
  expect(cloud.get("google_storage_bucket_object", "acme-ml-data-config.json")).toBeDefined();
});

test("an endpoint keeps the models that were deployed to it since, and cannot be destroyed", async () => {
  const id = "projects/acme-ml/locations/europe-west4/endpoints/123456789";
  await apply({
    resource: {
      google_project_service: { vertex: { service: "aiplatform.googleapis.com" } },
      google_vertex_ai_endpoint: {
        churn: {
          name: "123456789",
          display_name: "churn",
          location: "europe-west4",
          region: "europe-west4",
          depends_on: ["google_project_service.vertex"],
        },
      },
    },
  });
  const { values } = cloud.get("google_vertex_ai_endpoint", id)!;
  cloud.put({ type: "google_vertex_ai_endpoint", id, values: { ...values, deployed_models: [{ id: "1001" }] } });

  const refused = await workspace.destroy();
  expect(refused.code).toBe(1);
  expect(refused.text).toContain("Endpoint has deployed or being-deployed DeployedModel(s)");
  cloud.put({ type: "google_vertex_ai_endpoint", id, values });
  expect(await workspace.destroy()).toMatchObject({ code: 0 });
});
