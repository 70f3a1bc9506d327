import { blocks, isUnknown, show, textOf, valuesAt } from "../arguments";
import type { Policy } from "../policy";

/** Types whose `labels` are something else: settings of a channel, columns of a metric. */
const others = new Set([
  "google_monitoring_notification_channel",
  "google_monitoring_metric_descriptor",
  "google_monitoring_uptime_check_config",
]);

export const labels: Policy = {
  id: "labels/form",
  kind: "value",
  types: ["*"],
  why: "The provider checks labels of buckets only; all services refuse other characters (Resource Manager documentation, requirements for labels).",
  check: (args, type) =>
    ["labels", "user_labels", "settings.user_labels"]
      .filter((path) => path !== "labels" || !others.has(type))
      .flatMap((path) =>
        valuesAt(args, path)
          .flatMap(blocks)
          .flatMap((map) => Object.entries(map).flatMap((entry) => wrong(path, entry))),
      ),
};

function wrong(name: string, [key, value]: [string, unknown]): string[] {
  const rightKey = isUnknown(key) || /^\p{Ll}[\p{Ll}\p{Lo}\d_-]{0,62}$/u.test(key);
  const rightValue = isUnknown(value) || /^[\p{Ll}\p{Lo}\d_-]{0,63}$/u.test(textOf(value));
  return [
    ...(rightKey
      ? []
      : [
          `a key of '${name}' must be up to 63 lower-case letters, digits, hyphens and underscores that begin with a letter, got ${show(key)}`,
        ]),
    ...(rightValue
      ? []
      : [`'${name}.${key}' must be up to 63 lower-case letters, digits, hyphens and underscores, got ${show(value)}`]),
  ];
}
