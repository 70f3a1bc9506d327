import { isTrue, valueAt } from "../arguments";
import type { StackPolicy } from "../policy";

/** What Google deletes without a question, and what hangs on it. */
const types = ["google_kms_crypto_key", "google_vertex_ai_endpoint", "google_vertex_ai_tensorboard"];

export const keysAreKept: StackPolicy = {
  id: "platform/keys-are-kept",
  types,
  why: "With a key goes everything that was encrypted with it, and an endpoint or a TensorBoard has no protection of Google's.",
  controls: ["NIST 800-53 CP-9", "NIST 800-53 SC-12"],
  checkStacks: (stacks) =>
    stacks.flatMap((stack) =>
      stack
        .ofType(...types)
        .filter(({ args }) => !isTrue(valueAt(args, "lifecycle.prevent_destroy")))
        .map(({ address }) => ({
          stack: stack.name,
          address,
          message: "'lifecycle.prevent_destroy' must be true, unless the environment says 'deletionProtection: false'",
        })),
    ),
};
