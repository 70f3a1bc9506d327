import { isGiven, isMissing, isTrue, valueAt } from "../arguments";
import type { Arguments } from "../arguments";
import type { Policy } from "../policy";

const privateServiceConnect = "private_service_connect_config.enable_private_service_connect";

const privacies: Readonly<Record<string, readonly string[]>> = {
  google_vertex_ai_endpoint: ["dedicated_endpoint_enabled", privateServiceConnect, "network"],
  google_vertex_ai_endpoint_with_model_garden_deployment: [
    "endpoint_config.dedicated_endpoint_enabled",
    `endpoint_config.${privateServiceConnect}`,
  ],
  google_vertex_ai_index_endpoint: [privateServiceConnect, "network"],
};

export const endpointIsNotShared: Policy = {
  id: "vertex-ai/endpoint-is-dedicated-or-private",
  kind: "security",
  types: Object.keys(privacies),
  why: "A shared endpoint answers on the host that all projects share: its traffic can be neither told apart nor kept in.",
  controls: ["NIST 800-53 SC-7"],
  check: (args, type) => [...shared(args, privacies[type]!), ...open(args)],
};

function shared(args: Arguments, paths: readonly string[]): string[] {
  return paths.every((path) => isMissing(args, path))
    ? [`one of ${paths.map((path) => `'${path}'`).join(", ")} must be set, got nothing`]
    : [];
}

function open(args: Arguments): string[] {
  return isGiven(args, "public_endpoint_enabled") && isTrue(valueAt(args, "public_endpoint_enabled"))
    ? ["'public_endpoint_enabled' must be false, got true"]
    : [];
}
