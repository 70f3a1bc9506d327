import { textOf } from "../arguments";
import type { StackPolicy } from "../policy";

const grants = ["google_kms_crypto_key_iam_member", "google_kms_crypto_key_iam_binding"];

export const keyIsGranted: StackPolicy = {
  id: "kms/key-is-granted",
  types: ["google_kms_crypto_key"],
  why: "A key that nobody may use makes the first resource that names it fail; grants belong to the stack that makes the key.",
  controls: ["NIST 800-53 SC-12"],
  checkStacks: (stacks) =>
    stacks.flatMap((stack) => {
      const granted = stack.ofType(...grants).map(({ args }) => textOf(args["crypto_key_id"]));
      return stack
        .ofType("google_kms_crypto_key")
        .filter(({ args }) => (args["purpose"] ?? "ENCRYPT_DECRYPT") === "ENCRYPT_DECRYPT")
        .filter(
          ({ address, args }) =>
            !granted.some(
              (key) => key.includes(`\${${address}.`) || key.endsWith(`/cryptoKeys/${textOf(args["name"])}`),
            ),
        )
        .map(({ address }) => ({
          stack: stack.name,
          address,
          message: `the key must be granted to the service agents that encrypt with it: add a ${grants[0]!}`,
        }));
    }),
};
