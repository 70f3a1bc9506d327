import { blocks, type Policy, show } from "./policy";

export const subscriptionNeverExpires: Policy = {
  id: "pubsub/subscription-never-expires",
  types: ["google_pubsub_subscription"],
  why: "A subscription without activity for 31 days is deleted, and its messages with it, unless it never expires.",
  check: ({ expiration_policy: policy }) => {
    const [first] = blocks(policy);
    return first?.["ttl"] === ""
      ? undefined
      : `'expiration_policy.ttl' must be "", which is never, got ${show(first?.["ttl"])}`;
  },
};
