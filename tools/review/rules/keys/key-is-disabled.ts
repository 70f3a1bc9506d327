import { watchRule } from "../watch-rule";
import { leaves, turnsOff } from "../worse";

export const keyIsDisabled = watchRule({
  id: "keys/disabled",
  title: "A version of a key or secret is disabled",
  severity: "high",
  why: "What was encrypted with the version cannot be read while it is disabled, and what reads the secret fails at its next start.",
  check: "What is still encrypted with it, and what still reads it?",
  watched: {
    google_kms_crypto_key_version: { state: leaves("ENABLED") },
    google_secret_manager_secret_version: { enabled: turnsOff },
  },
});
