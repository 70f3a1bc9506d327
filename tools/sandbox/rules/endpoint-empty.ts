import { isList } from "../values/value";
import { failure, type Rule } from "./rule";

/** An endpoint is not deleted while models are deployed to it. Source: deleteEndpoint in endpoint_service.proto. */
export const endpointEmpty: Rule = (change, { cloud }) => {
  const deployed = cloud.get("google_vertex_ai_endpoint", change.id)?.values["deployed_models"];
  if (
    change.action !== "delete" ||
    change.type !== "google_vertex_ai_endpoint" ||
    !isList(deployed) ||
    deployed.length === 0
  ) {
    return undefined;
  }
  return {
    error: failure(change, `400: Endpoint ${change.id} has deployed or being-deployed DeployedModel(s).`),
    remedy: "Undeploy its models first, with the endpoint's undeployModel: Terraform does not.",
  };
};
