import { settingPolicy } from "../settings";

export const serviceIsInternal = settingPolicy({
  id: "run/ingress-is-internal",
  why: "Left out, a service answers the whole internet, and only IAM stands before it.",
  controls: ["NIST 800-53 SC-7"],
  settings: {
    google_cloud_run_v2_service: {
      ingress: ["INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"],
    },
  },
});
