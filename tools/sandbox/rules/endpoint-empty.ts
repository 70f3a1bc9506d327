import { isList, isObject, text } from "../values/value";
import { failure, type Rule } from "./rule";

export const endpointEmpty: Rule = {
  id: "endpoint-empty",
  why: "An endpoint is deleted only when no model is deployed to it: destroying it undeploys nothing.",
  source: "https://cloud.google.com/vertex-ai/docs/predictions/undeploy-model",
  wording: "as received",
  check: (change, { cloud }) => {
    const isEndpoint = change.action === "delete" && change.type === "google_vertex_ai_endpoint";
    // Models come and go without Terraform: what is there now counts, not what the last plan saw.
    const models = isEndpoint ? cloud.get(change.type, change.id)?.values["deployed_models"] : undefined;
    const ids = isList(models) ? models.filter(isObject).map((model) => text(model, "id") ?? "") : [];
    return ids.length === 0
      ? undefined
      : {
          error: failure(change, "400: Endpoint has deployed or being-deployed DeployedModel(s)"),
          remedy: `Undeploy ${ids.map((id) => `'${id}'`).join(", ")} from '${change.id}' first, also those without traffic.`,
        };
  },
};
