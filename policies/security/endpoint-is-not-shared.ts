import { isMissing } from "../arguments";
import type { Policy } from "../policy";

export const endpointIsNotShared: Policy = {
  id: "vertex-ai/endpoint-is-dedicated-or-private",
  kind: "security",
  types: ["google_vertex_ai_endpoint"],
  why: "A shared endpoint answers on the host that all projects share: its traffic can be neither told apart nor kept in.",
  controls: ["NIST 800-53 SC-7"],
  check: (args) =>
    ["dedicated_endpoint_enabled", "private_service_connect_config", "network"].every((path) => isMissing(args, path))
      ? "'dedicated_endpoint_enabled' must be true, or 'private_service_connect_config' set, got neither"
      : undefined,
};
