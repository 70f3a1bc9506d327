import { watchRule } from "../watch-rule";
import { grows } from "../worse";

export const rotationIsSlower = watchRule({
  id: "keys/rotation-slower",
  title: "A key rotates later, or no longer",
  severity: "medium",
  why: "The longer a key is in use, the more it protects, and the more is lost with it (CIS Google Cloud 1.10: 90 days at most).",
  check: "Who asked for it, and does the key's owner know?",
  watched: {
    google_kms_crypto_key: { rotation_period: grows },
    google_secret_manager_secret: { "rotation.rotation_period": grows },
  },
});
