import { ownOf } from "../own";
import { changeRule } from "../rule";
import { hitOf, worseIn, type Watched } from "../watch-rule";
import { grows, isChanged, lacks, shrinks, turnsOff } from "../worse";

/** What notices, by type. */
const watching: Readonly<Record<string, Watched>> = {
  google_monitoring_alert_policy: {
    "conditions.condition_absent.duration": grows,
    "conditions.condition_prometheus_query_language.query": isChanged,
    "conditions.condition_threshold.duration": grows,
    "conditions.condition_threshold.filter": isChanged,
    "conditions.condition_threshold.threshold_value": isChanged,
    enabled: turnsOff,
    notification_channels: lacks,
  },
  google_monitoring_notification_channel: { enabled: turnsOff },
  google_monitoring_slo: { goal: shrinks },
  google_monitoring_uptime_check_config: { period: grows },
};

/** Without these nobody hears of anything. */
const severe = ["enabled", "notification_channels"];

export const alertsAreOff = changeRule({
  id: "rollout/alerts",
  title: "An alert goes, or notices less",
  severity: "high",
  why: "The watchdog that rolls a bad version back is started by an alert; with the alert goes the last thing that acts when a rollout is stuck. Nobody misses an alert until it should have come.",
  check: "What notices the same instead? Which rollouts and pipelines does it watch?",
  findIn: (change) => {
    const watched = ownOf(watching, change.type);
    if (watched === undefined || !change.isManaged) {
      return undefined;
    }
    return change.isDestroyed && !change.isReplaced
      ? { message: "it is destroyed: nobody is told any longer" }
      : change.isChange
        ? hitOf(worseIn(change, watched), (worse) =>
            worse.some(({ name }) => severe.includes(name)) ? "high" : "medium",
          )
        : undefined;
  },
});
