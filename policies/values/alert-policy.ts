import { isGiven } from "../arguments";
import { anyOf, apart, exactlyOne, must, never, valuePolicy, where, within } from "../checks";
import { oneOf, seconds } from "../expected";

const day = 86_400;
const kinds = [
  "threshold",
  "absent",
  "matched_log",
  "monitoring_query_language",
  "prometheus_query_language",
  "sql",
].map((kind) => `condition_${kind}`);
const matchesLogs = "conditions.condition_matched_log";
const rateLimit = "alert_strategy.notification_rate_limit";

export const alertPolicy = valuePolicy({
  id: "monitoring/alert-arguments",
  why: "The provider plans conditions that Monitoring does not know; the API refuses them (monitoring v3, AlertPolicy).",
  checks: {
    google_monitoring_alert_policy: [
      within("conditions", exactlyOne(...kinds)),
      must({
        "conditions.condition_threshold.comparison": oneOf("COMPARISON_GT", "COMPARISON_LT"),
        "conditions.condition_threshold.aggregations.alignment_period": seconds(60, 104 * 7 * day),
        "conditions.condition_threshold.denominator_aggregations.alignment_period": seconds(60, 104 * 7 * day),
        "conditions.condition_threshold.forecast_options.forecast_horizon": seconds(3600, 216_000),
        "conditions.condition_absent.aggregations.alignment_period": seconds(60, 104 * 7 * day),
        "conditions.condition_prometheus_query_language.evaluation_interval": seconds(30, day, 30),
        "conditions.condition_prometheus_query_language.duration": seconds(0, day),
        "alert_strategy.auto_close": seconds(1800, 7 * day),
        "alert_strategy.notification_rate_limit.period": seconds(1, day),
        "alert_strategy.notification_channel_strategy.renotify_interval": seconds(1800, day),
      }),
      ...["threshold", "absent", "monitoring_query_language"].map((kind) =>
        within(`conditions.condition_${kind}.trigger`, apart("count", "percent")),
      ),
      where((args) => isGiven(args, matchesLogs), anyOf(rateLimit)),
      where(
        (args) => !isGiven(args, matchesLogs) && isGiven(args, "conditions"),
        never(rateLimit, "it is for alerts on log entries"),
      ),
    ],
  },
});
