import { isMissing } from "../arguments";
import type { Policy } from "../policy";

const path = "message_storage_policy.allowed_persistence_regions";

export const messagesStayInRegion: Policy = {
  id: "pubsub/messages-stay-in-region",
  kind: "security",
  types: ["google_pubsub_topic"],
  why: "Pub/Sub keeps a message in the region nearest to its publisher, which may lie outside of the jurisdiction.",
  controls: ["NIST 800-53 SA-9"],
  check: (args) =>
    isMissing(args, path) ? `'${path}' must name the regions where messages may be kept, got nothing` : undefined,
};
