import { watchRule } from "../watch-rule";
import { becomes, turnsOff, turnsOn } from "../worse";

export const serviceIsOpen = watchRule({
  id: "exposure/service",
  title: "A service can be reached from more places",
  severity: "high",
  why: "With ingress `all` the service answers the internet, and only IAM stands before it; without the invoker check nothing does (Cloud Run documentation, 'Restrict network ingress').",
  check: "Who must reach it from outside, and does a load balancer with its rules not do?",
  watched: {
    google_cloud_run_service: { "metadata.annotations.run.googleapis.com/ingress": becomes("all", undefined) },
    google_cloud_run_v2_service: {
      default_uri_disabled: turnsOff,
      iap_enabled: turnsOff,
      ingress: becomes("INGRESS_TRAFFIC_ALL"),
      invoker_iam_disabled: turnsOn,
    },
    google_cloudfunctions2_function: { "service_config.ingress_settings": becomes("ALLOW_ALL") },
    google_cloudfunctions_function: { ingress_settings: becomes("ALLOW_ALL") },
  },
  severityOf: (worse) => (worse.some(({ name }) => name === "invoker_iam_disabled") ? "critical" : "high"),
});
