import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Review } from "../../tools/review/review";
import { Checkout } from "../support/checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

const topic = "sandbox-churn-ingestion/google_pubsub_topic.LandingTopic_F955F7B5";

beforeAll(async () => {
  expect(await checkout.mlp("sandbox up --exit")).toMatchObject({ code: 0 });
});

test.each([
  ["name=other", "'name' identifies the resource and cannot be set\n"],
  ["__proto__.x=1", "'__proto__.x' identifies the resource and cannot be set\n"],
  ["labels=1", `'labels' must be a mapping, got a number: write it as in JSON, such as {"a":"b"}\n`],
  [
    "message_storage_policy.0.nope=1",
    "google_pubsub_topic has no 'message_storage_policy.0.nope'; 'mlp sandbox show' shows what it has\n",
  ],
  [
    "message_storage_policy.0.allowed_persistence_regions=us",
    '\'message_storage_policy.0.allowed_persistence_regions\' must be a list, got text: write it as in JSON, such as ["a","b"]\n',
  ],
])("'sandbox set %s' is refused", async (assignment, output) => {
  expect(await checkout.mlp(`sandbox set ${topic} '${assignment}'`)).toEqual({ code: 1, output });
});

test("a list is set as JSON", async () => {
  const regions = "message_storage_policy.0.allowed_persistence_regions";
  expect(await checkout.mlp(`sandbox set ${topic} '${regions}=["europe-west1"]'`)).toMatchObject({ code: 0 });
  expect((await checkout.mlp(`sandbox show ${topic}`)).output).toContain("europe-west1");
});

test("text is taken as it is written, also where it looks like a number, and can be unset", async () => {
  const quota = "google_cloud_quotas_quota_preference.serving-NVIDIA_L4_2770FC61";
  expect(await checkout.mlp(`sandbox set ${quota} quota_config.0.preferred_value=3`)).toMatchObject({ code: 0 });
  expect((await checkout.mlp(`sandbox show ${quota}`)).output).toContain('"preferred_value": "3"');
  expect(await checkout.mlp(`sandbox set ${quota} quota_config.0.preferred_value=2`)).toMatchObject({ code: 0 });
  expect(await checkout.mlp(`sandbox set ${topic} message_retention_duration=null`)).toMatchObject({ code: 0 });
  expect((await checkout.mlp(`sandbox show ${topic}`)).output).toContain('"message_retention_duration": null');
});

test("what the sandbox holds can be looked at and forgotten while the config is broken", async () => {
  const file = join(checkout.folder, "teams/churn/team.yaml");
  const good = readFileSync(file, "utf8");
  writeFileSync(file, "owners: [");
  try {
    expect(await checkout.mlp(`sandbox show ${topic}`)).toMatchObject({ code: 0 });
    expect(await checkout.mlp(`sandbox set ${topic} message_retention_duration=86400s`)).toMatchObject({ code: 0 });
  } finally {
    writeFileSync(file, good);
  }
});

test("stacks of a team that left are reported, destroyed on demand, and gone before the foundation", async () => {
  checkout.dropTeams();

  const planned = await checkout.mlp("sandbox plan");
  expect(planned.code).toBe(2);
  expect(planned.output).toContain(
    "orphaned    sandbox-churn-serving: deployed, but declared no more; 'mlp sandbox down --orphans' destroys it\n",
  );

  const reviewed = await checkout.mlp("sandbox review --json review.json --fail-on none");
  expect(reviewed.code).toBe(2);
  const review = JSON.parse(readFileSync(join(checkout.folder, "review.json"), "utf8")) as Review;
  expect(review.findings.filter(({ rule }) => rule === "stack/orphaned").map(({ stack }) => stack)).toHaveLength(6);
  expect(review.stacks.find(({ name }) => name === "sandbox-churn-ingestion")).toMatchObject({
    status: "orphaned",
    error: `deployed with 31 objects, but declared no more: nobody plans it, and 'mlp sandbox down --orphans' destroys it`,
  });

  const pruned = await checkout.mlp("sandbox down --orphans");
  expect(pruned.code).toBe(0);
  expect(pruned.output.match(/^sandbox-churn-\w+ {2}\d+ destroyed$/gm)).toHaveLength(6);
  // What its owners could do with what all teams share goes with the next deploy.
  expect(await checkout.mlp("sandbox plan")).toMatchObject({
    code: 2,
    output: expect.stringContaining("Plan: 0 to add, 0 to change, 4 to destroy."),
  });
  expect(await checkout.mlp("sandbox down --wipe")).toEqual({ code: 0, output: "The sandbox is empty.\n" });

  expect(await checkout.mlp("sandbox review --fail-on none")).toMatchObject({
    code: 2,
    output: expect.stringContaining(
      "Nothing is deployed in the sandbox: every object would be created. Run 'mlp sandbox up' first, then change something.\n",
    ),
  });
});
