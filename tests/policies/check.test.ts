import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { App, TerraformOutput } from "cdktf";

import { PlatformStack } from "../../constructs/platform-stack";
import { Topic } from "../../constructs/topic";
import { checkJson, formatFinding } from "../../policies/check";
import { checkStacks } from "../support/check-stacks";
import { encryptionKey } from "../support/fixtures";
import { environment, testStack } from "../support/template";

const publicBucket = (stack: PlatformStack) =>
  new StorageBucket(stack, "Landing", {
    name: "landing",
    location: "EU",
    uniformBucketLevelAccess: true,
    versioning: { enabled: true },
    encryption: { defaultKmsKeyName: encryptionKey.keyId },
  });

test("a stack that keeps the rules has no findings", () => {
  const stack = testStack();
  new Topic(stack, "Events", { topicName: "events", encryptionKey });
  expect(checkStacks([stack])).toEqual([]);
});

test("a finding tells stack, address, rule, and what to do", () => {
  const stack = testStack();
  publicBucket(stack);
  expect(checkStacks([stack])).toEqual([
    {
      stack: "test",
      address: "google_storage_bucket.Landing",
      policy: "storage/bucket-is-private",
      message: `'public_access_prevention' must be "enforced", got nothing`,
    },
  ]);
});

test("an override after construction does not get round a rule", () => {
  const stack = testStack();
  const bucket = publicBucket(stack);
  bucket.publicAccessPrevention = "enforced";
  expect(checkStacks([stack])).toEqual([]);

  bucket.addOverride("public_access_prevention", "inherited");
  expect(checkStacks([stack])).toMatchObject([{ message: expect.stringContaining('got "inherited"') as unknown }]);
});

test("an argument that is taken away after construction does not get round a rule", () => {
  const stack = testStack();
  const bucket = publicBucket(stack);
  bucket.addOverride("public_access_prevention", "enforced");
  bucket.addOverride("encryption", undefined);
  expect(checkStacks([stack])).toMatchObject([{ policy: "kms/customer-managed-key" }]);
});

test("findings of all stacks are reported at once", () => {
  class TestStack extends PlatformStack {}
  const app = new App();
  const stacks = ["one", "two"].map((id) => new TestStack(app, id, { environment }));
  stacks.forEach(publicBucket);
  expect(checkStacks(stacks).map(({ stack }) => stack)).toEqual(["one", "two"]);
});

test("a key that another resource makes is a key", () => {
  const stack = testStack();
  const topic = new Topic(stack, "Events", {
    topicName: "events",
    encryptionKey: { keyId: "${google_kms_crypto_key.Key.id}", grants: [] },
  });
  new TerraformOutput(stack, "Id", { value: topic.topicId });
  expect(checkStacks([stack])).toEqual([]);
});

test("one resource can break several rules", () => {
  const findings = checkJson("dev", { resource: { google_storage_bucket: { landing: {} } } });
  expect(findings.map(({ policy }) => policy).sort()).toEqual([
    "kms/customer-managed-key",
    "storage/bucket-is-private",
    "storage/objects-can-be-restored",
  ]);
});

test("rules for every type look at types that no rule names", () => {
  const args = { role: "roles/editor", member: "allUsers" };
  const findings = checkJson("dev", { resource: { google_project_iam_member: { editor: args } } });
  expect(findings.map(({ policy }) => policy).sort()).toEqual(["iam/no-basic-roles", "iam/no-public-members"]);
});

test("a stack without resources has no findings", () => {
  expect(checkJson("dev", {})).toEqual([]);
});

test("a finding is one line", () => {
  const finding = { stack: "dev-foundation", address: "google_x.Y", policy: "service/rule", message: "'a' must be b" };
  expect(formatFinding(finding)).toBe("dev-foundation google_x.Y: 'a' must be b [service/rule]");
});
