import { isUnknown, show } from "../arguments";
import type { Policy } from "../policy";

const longestSeconds = 90 * 86_400;

export const keyRotates: Policy = {
  id: "kms/key-rotates",
  kind: "security",
  types: ["google_kms_crypto_key"],
  why: "A key that never rotates protects ever more data with one secret.",
  controls: ["CIS GCP 1.10", "NIST 800-53 SC-12"],
  check: ({ rotation_period: period, purpose }) => {
    if (isUnknown(period) || (purpose ?? "ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT") {
      return undefined;
    }
    const seconds = typeof period === "string" ? Number(/^(\d+)s$/.exec(period)?.[1]) : NaN;
    return seconds > 0 && seconds <= longestSeconds
      ? undefined
      : `'rotation_period' must be seconds up to 90 days, such as "7776000s", got ${show(period)}`;
  },
};
