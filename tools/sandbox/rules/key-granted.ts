import { lacks, projectPlace } from "./grants";
import { encrypters, keysUsed } from "./keys";
import { failure, type Rule } from "./rule";

export const keyGranted: Rule = {
  id: "key-granted",
  why: "Service agents that encrypt with a customer-managed key must hold a grant on it beforehand.",
  source: "https://cloud.google.com/kms/docs/compatible-services",
  wording: "as received",
  check: (change, world) => {
    for (const email of encrypters(change, world)) {
      for (const { argument, key } of keysUsed(change.args)) {
        // What another project holds is taken to be granted.
        if (!world.cloud.get("google_kms_crypto_key", key)) {
          continue;
        }
        const places = [{ type: "google_kms_crypto_key", id: key }, projectPlace(key.split("/")[1]!)];
        const missing = lacks(email, "cloudkms.cryptoKeyVersions.useToEncrypt", places, world);
        if (missing !== undefined) {
          return {
            error: failure(change, keyDenied(change.type, email, key)),
            remedy: `'${argument}' is used by ${email}: ${missing.remedy}.`,
            ...(missing.passes && { passes: true }),
          };
        }
      }
    }
    return undefined;
  },
};

/** How services word it that a key is not there, or not granted: they do not tell these apart. */
export function keyDenied(type: string, email: string, key: string): string {
  if (type.startsWith("google_pubsub_")) {
    return (
      "400: Cloud Pub/Sub did not have the necessary permissions configured to support this operation. Please verify that the " +
      `service account ${email} was granted the Cloud KMS CryptoKey Encrypter/Decrypter role for the project containing the ` +
      `CryptoKey ${key}.`
    );
  }
  if (type.startsWith("google_storage_")) {
    return (
      "403: Permission denied on Cloud KMS key. Please ensure that your Cloud Storage service account has been authorized to " +
      "use this key., forbidden"
    );
  }
  return `403: Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource '${key}' (or it may not exist).`;
}
