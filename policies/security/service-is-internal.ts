import { type Arguments, blocks, isAmong, isObject, isUnknown, show } from "../arguments";
import type { Policy } from "../policy";
import { settingPolicy } from "../settings";

const setting = settingPolicy({
  id: "run/ingress-is-internal",
  why: "Left out, a service answers the whole internet, and only IAM stands before it.",
  controls: ["NIST 800-53 SC-7"],
  settings: {
    google_cloud_run_v2_service: {
      ingress: ["INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"],
    },
  },
});

/** The first version of the API says it in an annotation (Cloud Run documentation, "Restrict network ingress"). */
const annotation = "run.googleapis.com/ingress";
const internal = ["internal", "internal-and-cloud-load-balancing"];

export const serviceIsInternal: Policy = {
  ...setting,
  types: [...setting.types, "google_cloud_run_service"],
  check: (args, type) => (type === "google_cloud_run_service" ? annotated(args) : setting.check(args, type)),
};

function annotated({ metadata }: Arguments): string[] {
  const annotations = blocks(metadata).map((block) => block["annotations"]);
  if (isUnknown(metadata) || [metadata, annotations].flat().some(isUnknown)) {
    return [];
  }
  const ingress = annotations.filter(isObject).map((each) => each[annotation])[0];
  return isAmong(ingress, internal) || isUnknown(ingress)
    ? []
    : [`'metadata.annotations' must hold ${annotation} as ${internal.map(show).join(" or ")}, got ${show(ingress)}`];
}
