import { isGiven, isMissing } from "../arguments";
import type { Policy } from "../policy";

const delivering = ["bigquery_config", "cloud_storage_config", "push_config"];

export const undeliverableIsKept: Policy = {
  id: "pubsub/undeliverable-is-kept",
  kind: "security",
  types: ["google_pubsub_subscription"],
  why: "A message that its destination refuses is tried until its retention is over, and then gone, unless a dead letter topic takes it.",
  controls: ["NIST 800-53 SI-12"],
  check: (args) =>
    delivering.some((kind) => isGiven(args, kind)) && isMissing(args, "dead_letter_policy")
      ? "'dead_letter_policy' must be set, got nothing"
      : undefined,
};
