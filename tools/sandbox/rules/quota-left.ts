import { type QuotaPlace, quotaExceeded, servingDemand } from "../quota";
import { isList, isObject, text, type Value, type ValueObject } from "../values/value";
import { type Change, failure, type Rule } from "./rule";

export const quotaLeft: Rule = {
  id: "quota-left",
  why:
    "Accelerators are charged at the maximum of replicas, for all that serves in a region together; what no quota preference asked " +
    "for is not granted.",
  source:
    "https://cloud.google.com/vertex-ai/docs/quotas, https://github.com/GoogleCloudPlatform/stable-diffusion-on-gcp/issues/12",
  wording: "as received",
  check: (change, world) => {
    const resources = change.action === "delete" ? undefined : dedicatedResources(change);
    const demand = resources && servingDemand(resources);
    if (!demand) {
      return undefined;
    }
    const { args, project, id } = change;
    const place: QuotaPlace = { project, region: text(args, "region") ?? text(args, "location") ?? "" };
    const exceeded = quotaExceeded(demand, place, world, { besides: id });
    return (
      exceeded && {
        error: failure(change, `429: ${exceeded.message}`),
        remedy:
          `${demand.amount} ${demand.accelerator} are asked for at the maximum of replicas, and of the ${exceeded.granted} that ` +
          `'${exceeded.quotaId}' grants in ${place.region} ${exceeded.used} are taken: ask for more with a ` +
          "google_cloud_quotas_quota_preference, or lower max_replica_count.",
      }
    );
  },
};

/** What a type sets aside when it is made. */
function dedicatedResources({ type, args }: Change): ValueObject | undefined {
  switch (type) {
    case "google_vertex_ai_deployment_resource_pool":
      return first(args["dedicated_resources"]);
    case "google_vertex_ai_endpoint_with_model_garden_deployment":
      return first(first(args["deploy_config"])?.["dedicated_resources"]);
    default:
      return undefined;
  }
}

function first(blocks: Value | undefined): ValueObject | undefined {
  const [block] = isList(blocks) ? blocks : [];
  return isObject(block) ? block : undefined;
}
