import { keyLocation } from "../../../tools/sandbox/rules/key-location";
import { creation, worldOf } from "../support/world";

const keyIn = (location: string) => `projects/acme/locations/${location}/keyRings/ml/cryptoKeys/data`;

function bucket(location: string, key: string) {
  return creation("google_storage_bucket", "data", { location, encryption: [{ default_kms_key_name: key }] });
}

test("a key of another region is refused", () => {
  expect(keyLocation.check(bucket("EUROPE-WEST4", keyIn("us-central1")), worldOf())).toEqual({
    error:
      `Error creating Bucket: googleapi: Error 400: The location of Cloud KMS key '${keyIn("us-central1")}' (us-central1) does ` +
      "not match the location of the resource (europe-west4).",
    remedy: "Set 'encryption.0.default_kms_key_name' to a key of a key ring in 'europe-west4'.",
  });
});

test("a key of the same region, or of the multi-region, is not", () => {
  expect(keyLocation.check(bucket("EUROPE-WEST4", keyIn("europe-west4")), worldOf())).toBeUndefined();
  expect(keyLocation.check(bucket("EU", keyIn("europe")), worldOf())).toBeUndefined();
});

test("topics are global", () => {
  expect(
    keyLocation.check(creation("google_pubsub_topic", "x", { kms_key_name: keyIn("us-central1") }), worldOf()),
  ).toBeUndefined();
});
