import { blocks, isUnknown, show } from "../arguments";
import type { Policy } from "../policy";

export const subscriptionNeverExpires: Policy = {
  id: "pubsub/subscription-never-expires",
  kind: "security",
  types: ["google_pubsub_subscription"],
  why: "A subscription without activity for 31 days is deleted, and its messages with it, unless it never expires.",
  check: ({ expiration_policy: policy }) => {
    const ttl = blocks(policy)[0]?.["ttl"];
    return ttl === "" || isUnknown(ttl)
      ? undefined
      : `'expiration_policy.ttl' must be "", which is never, got ${show(ttl)}`;
  },
};
