import { valueAt, isTrue } from "../arguments";
import type { StackPolicy } from "../policy";

export const quotaIsProtected: StackPolicy = {
  id: "cloudquotas/preference-is-protected",
  types: ["google_cloud_quotas_quota_preference"],
  why: "Google keeps a preference that Terraform destroys, and refuses to make the same one again.",
  checkStacks: (stacks) =>
    stacks.flatMap((stack) =>
      stack
        .ofType("google_cloud_quotas_quota_preference")
        .filter(({ args }) => !isTrue(valueAt(args, "lifecycle.prevent_destroy")))
        .map(({ address }) => ({
          stack: stack.name,
          address,
          message: "'lifecycle.prevent_destroy' must be true, unless the environment says 'quotas.protected: false'",
        })),
    ),
};
