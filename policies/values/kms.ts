import { must, valuePolicy } from "../checks";
import { day, oneOf, seconds } from "../expected";

export const kms = valuePolicy({
  id: "kms/arguments",
  why: "The provider plans any purpose and any delay; the API refuses them (cloudkms v1, CryptoKey).",
  checks: {
    google_kms_crypto_key: [
      must({
        purpose: oneOf(
          "ENCRYPT_DECRYPT",
          "ASYMMETRIC_SIGN",
          "ASYMMETRIC_DECRYPT",
          "RAW_ENCRYPT_DECRYPT",
          "MAC",
          "KEY_ENCAPSULATION",
        ),
        destroy_scheduled_duration: seconds(day, 120 * day),
      }),
    ],
  },
});
