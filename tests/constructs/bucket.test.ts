import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { StorageNotification } from "@cdktf/provider-google/lib/storage-notification";

import { Bucket, type BucketProps } from "../../constructs/bucket";
import type { Environment } from "../../constructs/platform-stack";
import { analysts, encryptionKey, keyGrant, topic } from "../support/fixtures";
import { addressOf, reference, templateOf } from "../support/template";

const props: BucketProps = { bucketName: "acme-ml-dev-landing", encryptionKey };
const bucket = (changes: Partial<BucketProps> = {}, overrides: Partial<Environment> = {}) =>
  templateOf((stack) => new Bucket(stack, "Landing", { ...props, ...changes }), overrides).only(StorageBucket);

test("a bucket is private, encrypted, in its region, keeps three old versions, and waits for the key's grants", () => {
  expect(bucket()).toEqual({
    name: "acme-ml-dev-landing",
    location: "EUROPE-WEST4",
    storage_class: "STANDARD",
    uniform_bucket_level_access: true,
    public_access_prevention: "enforced",
    force_destroy: true,
    encryption: { default_kms_key_name: encryptionKey.keyId },
    versioning: { enabled: true },
    soft_delete_policy: { retention_duration_seconds: 604_800 },
    lifecycle_rule: [
      { action: { type: "Delete" }, condition: { num_newer_versions: 3, with_state: "ARCHIVED" } },
      { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
    ],
    depends_on: [keyGrant.fqn],
  });
});

test("a bucket is all there is: nobody may read it by default", () => {
  expect(templateOf((stack) => new Bucket(stack, "Landing", props)).counts).toEqual({ google_storage_bucket: 1 });
});

test("a protected bucket is not destroyed with objects in it", () => {
  expect(bucket({}, { deletionProtection: true })).toMatchObject({ force_destroy: false });
});

test("objects can be deleted after some days", () => {
  const { lifecycle_rule: rules } = bucket({ deleteAfterDays: 30 });
  expect(rules).toHaveLength(3);
  expect(rules).toContainEqual({ action: { type: "Delete" }, condition: { age: 30, with_state: "ANY" } });
});

test("what is deleted after some days does not stay behind as an old version forever", () => {
  const { lifecycle_rule: rules } = bucket({ deleteAfterDays: 30 });
  const ofOldVersions = (rules as { condition: Record<string, unknown> }[]).filter(
    ({ condition }) => condition["with_state"] !== "LIVE" && condition["num_newer_versions"] === undefined,
  );
  expect(ofOldVersions).toContainEqual(expect.objectContaining({ action: { type: "Delete" } }));
});

test.each([0, 3651])("deleting after %i days is refused", (deleteAfterDays) => {
  expect(() => bucket({ deleteAfterDays })).toThrow(
    new Error(`test/Landing: 'deleteAfterDays' must be from 1 to 3650, got ${deleteAfterDays}`),
  );
});

const grants = [
  ["grantRead", "roles/storage.objectViewer"],
  ["grantWrite", "roles/storage.objectUser"],
] as const;

test.each(grants)("%s gives %s once, on the bucket alone", (verb, role) => {
  const template = templateOf((stack) => {
    const made = new Bucket(stack, "Landing", props);
    made[verb](analysts);
    made[verb](analysts);
  });
  expect(template.only(StorageBucketIamMember)).toEqual({
    bucket: reference(StorageBucket, "name"),
    role,
    member: analysts.member,
  });
});

test.each(grants)("%s gives %s on a bucket that another stack makes", (verb, role) => {
  const template = templateOf((stack) => Bucket.fromName(stack, "Landing", "acme-ml-dev-landing")[verb](analysts));
  expect(template.counts).toEqual({ google_storage_bucket_iam_member: 1 });
  expect(template.only(StorageBucketIamMember)).toEqual({
    bucket: "acme-ml-dev-landing",
    role,
    member: analysts.member,
  });
});

test("reading and writing are two grants", () => {
  const template = templateOf((stack) => {
    const imported = Bucket.fromName(stack, "Landing", "acme-ml-dev-landing");
    imported.grantRead(analysts);
    imported.grantWrite(analysts);
  });
  expect(template.counts).toEqual({ google_storage_bucket_iam_member: 2 });
});

test("writing can leave out a folder", () => {
  const template = templateOf((stack) => new Bucket(stack, "Landing", props).grantWriteOutside("private", analysts));
  expect(template.only(StorageBucketIamMember)).toMatchObject({
    role: "roles/storage.objectUser",
    member: analysts.member,
    condition: { expression: "!resource.name.extract('/objects/{object}').startsWith('private/')" },
  });
});

test("new objects are announced once Cloud Storage may publish", () => {
  const template = templateOf((stack) => new Bucket(stack, "Landing", props).announceTo(topic(stack), "inbox/"));

  expect(template.only(StorageNotification)).toEqual({
    bucket: reference(StorageBucket, "name"),
    topic: "projects/acme-ml-dev/topics/churn-events",
    payload_format: "JSON_API_V1",
    event_types: ["OBJECT_FINALIZE"],
    object_name_prefix: "inbox/",
    depends_on: [addressOf(PubsubTopicIamMember)],
  });
  expect(template.only(PubsubTopicIamMember)).toEqual({
    topic: "projects/acme-ml-dev/topics/churn-events",
    role: "roles/pubsub.publisher",
    member: "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
  });
});

test("more versions are kept, for longer, where that is asked for", () => {
  const kept = bucket({ olderVersions: 50, olderVersionsDays: 90, restorableDays: 30 });
  expect(kept).toMatchObject({ soft_delete_policy: { retention_duration_seconds: 2_592_000 } });
  expect((kept["lifecycle_rule"] as unknown[])[0]).toEqual({
    action: { type: "Delete" },
    condition: { num_newer_versions: 50, with_state: "ARCHIVED", days_since_noncurrent_time: 90 },
  });
});

test.each([
  [{ restorableDays: 6 }, "'restorableDays' must be from 7 to 90, got 6"],
  [{ restorableDays: 91 }, "'restorableDays' must be from 7 to 90, got 91"],
  [{ olderVersionsDays: 0 }, "'olderVersionsDays' must be from 1 to 3650, got 0"],
])("%o is refused", (changes, message) => {
  expect(() => bucket(changes)).toThrow(new Error(`test/Landing: ${message}`));
});

test("a bucket can be protected whatever the environment says", () => {
  expect(bucket({ deletionProtection: true })).toMatchObject({
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
});
