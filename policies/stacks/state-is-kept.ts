import { isNothing, isTrue, valueAt, valuesAt } from "../arguments";
import type { StackPolicy } from "../policy";

export const stateIsKept: StackPolicy = {
  id: "terraform/state-is-kept",
  types: ["google_storage_bucket"],
  why: "With its state Terraform forgets everything it made, and a lock that a retention policy keeps locks the state for ever.",
  controls: ["NIST 800-53 CP-9", "NIST 800-53 CM-3"],
  checkStacks: (stacks) => {
    const states = new Set(stacks.map(({ stateBucket }) => stateBucket));
    return stacks.flatMap((stack) =>
      stack
        .ofType("google_storage_bucket")
        .filter(({ args: { name } }) => typeof name === "string" && states.has(name))
        .flatMap(({ address, args }) => {
          const key = stack.referred(valueAt(args, "encryption.default_kms_key_name"));
          return [
            ...(isTrue(valueAt(args, "lifecycle.prevent_destroy"))
              ? []
              : ["'lifecycle.prevent_destroy' must be true: the states of the environment are in it"]),
            ...(valuesAt(args, "retention_policy.retention_period").every(isNothing)
              ? []
              : ["'retention_policy' must not be set: Terraform deletes its lock when it is done"]),
            ...(key === undefined || isTrue(valueAt(key.args, "lifecycle.prevent_destroy"))
              ? []
              : [
                  `'lifecycle.prevent_destroy' must be true of ${key.address}: the states cannot be read without their key`,
                ]),
          ].map((message) => ({ stack: stack.name, address, message }));
        }),
    );
  },
};
