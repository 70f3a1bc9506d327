import { type Arguments, isGiven, isObject, isUnknown, numberOf, parseJson, show } from "../arguments";
import { apart, atMostOne, is, must, never, valuePolicy, where, within } from "../checks";
import { each, matches, oneOf, seconds, something } from "../expected";

const channels =
  "email sms slack pagerduty pubsub webhook_basicauth webhook_tokenauth google_chat cloud_console_mobile_app hipchat campfire opsgenie";
const secrets = ["auth_token", "password", "service_key"];
const layouts = ["gridLayout", "mosaicLayout", "rowLayout", "columnLayout"];
const ofDashboard = new Set([...layouts, "displayName", "dashboardFilters", "labels", "name", "etag", "annotations"]);

export const monitoring = valuePolicy({
  id: "monitoring/arguments",
  why: "The provider plans channels, objectives, dashboards and checks that measure nothing; the API refuses them (monitoring v3: NotificationChannel, ServiceLevelObjective, UptimeCheckConfig, MetricDescriptor; v1: Dashboard).",
  checks: {
    google_monitoring_notification_channel: [
      must({ type: oneOf(...channels.split(" ")) }),
      ...secrets.map((name) => never(`labels.${name}`, `plans show it, set 'sensitive_labels.${name}'`)),
      where(is("type", "email"), must({ "labels.email_address": something })),
      where(is("type", "pubsub"), must({ "labels.topic": something })),
      where(is("type", "slack"), must({ "labels.channel_name": something })),
    ],
    google_monitoring_slo: [
      within("request_based_sli.good_total_ratio", ratioOfTwo),
      within("request_based_sli.distribution_cut.range", range),
      within("windows_based_sli", must({ window_period: seconds(60, 86_400, 60) })),
      ...["metric_mean_in_range", "metric_sum_in_range"].map((name) =>
        within(`windows_based_sli.${name}.range`, range),
      ),
      within("windows_based_sli.good_total_ratio_threshold.performance.good_total_ratio", ratioOfTwo),
      within("windows_based_sli.good_total_ratio_threshold.performance.distribution_cut.range", range),
    ],
    google_monitoring_dashboard: [dashboard],
    google_monitoring_uptime_check_config: [
      must({
        timeout: seconds(1, 60),
        period: oneOf("60s", "300s", "600s", "900s"),
        selected_regions: each(
          oneOf("USA", "EUROPE", "SOUTH_AMERICA", "ASIA_PACIFIC", "USA_OREGON", "USA_IOWA", "USA_VIRGINIA"),
        ),
      }),
      atMostOne("http_check", "tcp_check"),
      within("http_check", apart("auth_info", "service_agent_authentication")),
    ],
    google_monitoring_metric_descriptor: [
      must({
        type: matches(
          /^(?:custom|external|workload|prometheus)\.googleapis\.com\/.+/,
          "a custom metric, such as custom.googleapis.com/rollout/verdict",
        ),
      }),
    ],
  },
});

/** Two of good, bad and total: the third follows. */
function ratioOfTwo(args: Arguments, at: string): readonly string[] {
  const filters = ["good_service_filter", "bad_service_filter", "total_service_filter"];
  const given = filters.filter((name) => isGiven(args, name));
  const hidden = filters.some((name) => isUnknown(args[name]));
  return given.length === 2 || (hidden && given.length < 2)
    ? []
    : [`two of ${filters.map((name) => `'${at}${name}'`).join(", ")} must be set, got ${given.length}`];
}

function range(args: Arguments, at: string): readonly string[] {
  const [min, max] = [args["min"], args["max"]];
  const empty = (numberOf(min) ?? -Infinity) >= (numberOf(max) ?? Infinity);
  const nothing = numberOf(min ?? 0) === 0 && numberOf(max ?? 0) === 0;
  return empty || nothing ? [`'${at}min' must be below '${at}max', got ${show(min)} and ${show(max)}`] : [];
}

function dashboard({ dashboard_json: text }: Arguments): readonly string[] {
  if (isUnknown(text)) {
    return [];
  }
  const board = parseJson(text);
  if (!isObject(board)) {
    return [`'dashboard_json' must be a dashboard as JSON, got ${show(text)}`];
  }
  const unknownKeys = Object.keys(board).filter((key) => !ofDashboard.has(key));
  const shown = layouts.filter((layout) => board[layout] !== undefined);
  return [
    ...unknownKeys.map(
      (key) => `'dashboard_json.${key}' must not be set: a dashboard has ${[...ofDashboard].join(", ")}`,
    ),
    ...(typeof board["displayName"] === "string" && board["displayName"] !== ""
      ? []
      : ["'dashboard_json.displayName' must be set"]),
    ...(shown.length === 1
      ? []
      : [`'dashboard_json' must have one of ${layouts.join(", ")}, got ${shown.join(", ") || "none"}`]),
  ];
}
