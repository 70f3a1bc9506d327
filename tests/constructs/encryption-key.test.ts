import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic";

import { EncryptionKey, type EncryptionKeyProps } from "../../constructs/encryption-key";
import type { Environment } from "../../constructs/platform-stack";
import { ServiceAgent } from "../../constructs/service-agent";
import { Topic } from "../../constructs/topic";
import { addressOf, reference, templateOf, testStack } from "../support/template";

const keyRing = { keyRingId: "projects/acme-ml-dev/locations/europe-west4/keyRings/platform" };
const props: EncryptionKeyProps = { keyName: "pubsub", keyRing, users: [] };
const key = (changes: Partial<EncryptionKeyProps> = {}, overrides: Partial<Environment> = {}) =>
  templateOf((stack) => new EncryptionKey(stack, "Key", { ...props, ...changes }), overrides);

test("a key rotates every 90 days and is destroyed 30 days after it was asked for", () => {
  const template = key();
  expect(template.counts).toEqual({ google_kms_crypto_key: 1 });
  expect(template.only(KmsCryptoKey)).toEqual({
    name: "pubsub",
    key_ring: keyRing.keyRingId,
    purpose: "ENCRYPT_DECRYPT",
    rotation_period: "7776000s",
    destroy_scheduled_duration: "2592000s",
    version_template: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protection_level: "SOFTWARE" },
  });
});

test("a protected key cannot be destroyed", () => {
  expect(key({}, { deletionProtection: true }).only(KmsCryptoKey)).toMatchObject({
    lifecycle: { prevent_destroy: true },
  });
});

test.each([
  [1, "86400s"],
  [365, "31536000s"],
])("a key can rotate every %i days", (rotationDays, period) => {
  expect(key({ rotationDays }).only(KmsCryptoKey)).toMatchObject({ rotation_period: period });
});

test.each([0, 366])("rotation after %i days is refused", (rotationDays) => {
  expect(() => key({ rotationDays })).toThrow(
    new Error(`test/Key: 'rotationDays' must be from 1 to 365, got ${rotationDays}`),
  );
});

test("users encrypt and decrypt with this key alone, once each, when they exist", () => {
  const agent = new ServiceAgent("pubsub", "serviceAccount:pubsub@example", [{ fqn: "google_project_service.pubsub" }]);
  const template = key({ users: [agent, agent] });
  expect(template.only(KmsCryptoKeyIamMember)).toEqual({
    crypto_key_id: reference(KmsCryptoKey, "id"),
    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    member: "serviceAccount:pubsub@example",
    depends_on: ["google_project_service.pubsub"],
  });
});

test("what the key encrypts waits for the key's users", () => {
  const template = templateOf((stack) => {
    const users = [ServiceAgent.of(stack, "pubsub")];
    const encryptionKey = new EncryptionKey(stack, "Key", { ...props, users });
    new Topic(stack, "Events", { topicName: "events", encryptionKey });
  });
  expect(template.only(PubsubTopic)).toMatchObject({
    kms_key_name: reference(KmsCryptoKey, "id"),
    depends_on: [addressOf(KmsCryptoKeyIamMember)],
  });
});

test("a key that another stack makes is known by its name and has its grants already", () => {
  const stack = testStack();
  expect(EncryptionKey.fromName(stack, "platform", "pubsub")).toEqual({
    keyId: "projects/acme-ml-dev/locations/europe-west4/keyRings/platform/cryptoKeys/pubsub",
    grants: [],
  });
});

test("a key can be protected whatever the environment says", () => {
  expect(key({ deletionProtection: true }).only(KmsCryptoKey)).toMatchObject({ lifecycle: { prevent_destroy: true } });
});
