import { isUnknown, show, valueAt, textOf } from "../arguments";
import type { Policy } from "../policy";

export const quotaIsNotZero: Policy = {
  id: "cloudquotas/preference-is-not-zero",
  kind: "value",
  types: ["google_cloud_quotas_quota_preference"],
  why: "The API leaves 0 out of its answers, so provider 6.50 plans the same change forever (fixed in 7.9.0).",
  check: (args) => {
    const value = valueAt(args, "quota_config.preferred_value");
    return isUnknown(value) || /^[1-9][0-9]*$/.test(textOf(value))
      ? undefined
      : `'quota_config.preferred_value' must be a whole number above 0, got ${show(value)}`;
  },
};
